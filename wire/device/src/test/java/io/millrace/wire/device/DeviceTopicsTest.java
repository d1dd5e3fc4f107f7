package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.wire.device.DeviceRequest.AttributeKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTopicsTest {
  private final DeviceTopics topics = new DeviceTopics(new Config(65_536, true, List.of()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":1.5,\"h\":60}                        | now {\"t\":1.5,\"h\":60}",
        "{\"ts\":1700000000000,\"values\":{\"t\":1}} | 1700000000000 {\"t\":1}",
        "{\"ts\":1.7e12,\"values\":{\"t\":1}}        | 1700000000000 {\"t\":1}",
        "[{\"t\":1},{\"ts\":5,\"values\":{\"t\":2}}] | now {\"t\":1}; 5 {\"t\":2}",
        "{\"ts\":5,\"t\":1}                          | now {\"ts\":5,\"t\":1}",
        "{\"t\":null,\"h\":1}                        | now {\"h\":1}",
        "{\"t\":null}                                | ''",
        "{}                                          | ''",
        "[]                                          | ''",
        "{\"t\":\"23.5\",\"n\":\"-4\"}               | now {\"t\":23.5,\"n\":-4}",
        "{\"t\":\"1.2.3\",\"n\":\"x\",\"e\":\"\"}    | now"
            + " {\"t\":\"1.2.3\",\"n\":\"x\",\"e\":\"\"}",
        "{\"j\":{\"a\":null},\"l\":[1,null]}         | now {\"j\":{\"a\":null},\"l\":[1,null]}",
        "{\"a\":1,\"a\":2}                           | now {\"a\":2}",
      })
  void telemetryIsReadInEveryForm(String body, String rows) {
    assertThat(shown(telemetry(body))).isEqualTo(rows);
  }

  /// One clear error for each bad input, naming the thing and the cure.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                            | Not JSON: Unrecognized token 'hello'",
        "{\"t\":1                         | Not JSON: Unexpected end-of-input",
        "''                               | Not JSON: the text is empty",
        "{\"t\":NaN}                      | JSON has no such number: leave the key out, or send"
            + " null",
        "{\"t\":1e999}                    | the number 1e999 does not fit 64 bits",
        "{\"t\":1} x                      | Not JSON",
        "5                                | Telemetry must be {\"key\":value,…},"
            + " {\"ts\":milliseconds,\"values\":{…}} or an array of these, not 5",
        "[1]                              | Each element of the array must be an object"
            + " {\"key\":value,…}, not 1",
        "{\"\":1}                         | A key is empty; give every value a name",
        "{\"ts\":-1,\"values\":{\"t\":1}} | \"ts\" -1 is out of range; give milliseconds since"
            + " 1970-01-01, from 0 to 253402300799999",
        "{\"ts\":1700000000000000,\"values\":{\"t\":1}} | \"ts\" 1700000000000000 is out of range",
        "{\"ts\":\"now\",\"values\":{\"t\":1}} | \"ts\" must be a whole number of milliseconds"
            + " since 1970-01-01, not \"now\"",
        "{\"ts\":1.5,\"values\":{\"t\":1}} | \"ts\" must be a whole number of milliseconds since"
            + " 1970-01-01, not 1.5",
        "{\"ts\":1,\"values\":[1]}        | \"values\" must be an object {\"key\":value,…}, not"
            + " [1]",
      })
  void badTelemetryIsRefusedWithTheThingAndTheCure(String body, String reason) {
    var refusal = refusal(DeviceTopics.TELEMETRY, body);
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MALFORMED);
    assertThat(refusal.reason()).startsWith("v1/devices/me/telemetry: ").contains(reason);
  }

  @Test
  void aKeyOver255CharactersIsRefused() {
    telemetry("{\"" + "k".repeat(255) + "\":1}");
    assertThat(refusal(DeviceTopics.TELEMETRY, "{\"" + "k".repeat(256) + "\":1}").reason())
        .contains("has 256 characters; shorten it to at most 255");
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    var refusal = refusal(DeviceTopics.TELEMETRY, "{\"t\":\"" + "x".repeat(65_536) + "\"}");
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.OVER_LIMIT);
    assertThat(refusal.reason())
        .contains("The body of 65544 bytes is larger than device.payloadBytesMax=65536");
  }

  @Test
  void textsStayTextsWhenTheSettingSaysSo() {
    var strict = new DeviceTopics(new Config(65_536, false, List.of()));
    assertThat(strict.parse(DeviceTopics.TELEMETRY, bytes("{\"t\":\"23.5\"}")))
        .isEqualTo(
            new DeviceRequest.PostTelemetry(
                List.of(TelemetryRow.unstamped(object("{\"t\":\"23.5\"}")))));
  }

  @Test
  void attributesAreReadOnBothTopics() {
    var expected = new DeviceRequest.PostAttributes(object("{\"a\":1}"));
    assertThat(parse("v1/devices/me/attributes", "{\"a\":1,\"b\":null}")).isEqualTo(expected);
    assertThat(parse("v2/a", "{\"a\":1}")).isEqualTo(expected);
    assertThat(refusal("v1/devices/me/attributes", "[1]").reason())
        .contains("Attributes must be an object");
  }

  @Test
  void attributeRequestsNameTheirReplyTopic() {
    assertThat(parse("v1/devices/me/attributes/request/7", "{\"clientKeys\":\"a,b\"}"))
        .isEqualTo(
            new DeviceRequest.RequestAttributes(
                "v1/devices/me/attributes/response/7",
                new AttributeKeys(List.of("a", "b"), List.of())));
    assertThat(parse("v2/a/req/j/7", ""))
        .isEqualTo(new DeviceRequest.RequestAttributes("v2/a/res/j/7", AttributeKeys.ALL));
    assertThat(refusal("v1/devices/me/attributes/request/+", "{}").reason())
        .contains("must be digits");
  }

  @Test
  void gatewaysSpeakForOthers() {
    assertThat(parse("v1/gateway/telemetry", "{\"A\":[{\"ts\":5,\"values\":{\"t\":1}}]}"))
        .isEqualTo(
            new DeviceRequest.GatewayTelemetry(
                Map.of("A", List.of(new TelemetryRow(5, object("{\"t\":1}"))))));
    assertThat(parse("v1/gateway/attributes", "{\"A\":{\"t\":1}}"))
        .isEqualTo(new DeviceRequest.GatewayAttributes(Map.of("A", object("{\"t\":1}"))));
    assertThat(parse("v1/gateway/connect", "{\"device\":\"A\"}"))
        .isEqualTo(new DeviceRequest.GatewayConnect("A", "default"));
    assertThat(
            parse(
                "v1/gateway/attributes/request",
                "{\"id\":3,\"device\":\"A\",\"client\":true,\"key\":\"k\"}"))
        .isEqualTo(
            new DeviceRequest.GatewayRequestAttributes(
                3, "A", new AttributeKeys(List.of("k"), List.of()), true));
    assertThat(refusal("v1/gateway/connect", "{}").reason())
        .contains("a device's name has 1 to 255 characters, not 0");
  }

  @Test
  void unknownDeviceTopicsAreRefusedWithTheRightOnes() {
    assertThat(refusal("v1/devices/me/telemetri", "{}").reason())
        .contains("telemetry goes to v1/devices/me/telemetry");
  }

  private DeviceRequest parse(String topic, String body) {
    return topics.parse(topic, bytes(body));
  }

  private List<TelemetryRow> telemetry(String body) {
    return ((DeviceRequest.PostTelemetry) parse(DeviceTopics.TELEMETRY, body)).rows();
  }

  private Refusal refusal(String topic, String body) {
    return ((DeviceRequest.Refused) parse(topic, body)).refusal();
  }

  private static String shown(List<TelemetryRow> rows) {
    return String.join(
        "; ",
        rows.stream()
            .map(row -> (row.isStamped() ? Long.toString(row.ts()) : "now") + " " + row.values())
            .toList());
  }

  private static JsonObject object(String json) {
    return (JsonObject) Json.parse(json);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
