package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmPreviewIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    var values = new double[] {20, 31, 32, 24, 33, 34, 20};
    for (int i = 0; i < values.length; i++) {
      a.post(
          "/api/plugins/telemetry/DEVICE/%s/timeseries/ANY".formatted(platform.deviceA.id().id()),
          "{\"ts\":%d,\"values\":{\"temperature\":%s}}".formatted((i + 1) * 1000, values[i]));
    }
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void aSimpleRuleFiresAndClearsAsItWouldHave() {
    var answer = preview(30, "{\"type\":\"SIMPLE\"}");
    assertThat(answer)
        .contains("\"points\":7", "\"count\":2")
        .contains("{\"startTs\":5000,\"endTs\":7000,\"severity\":\"CRITICAL\"")
        .contains("{\"startTs\":2000,\"endTs\":4000,\"severity\":\"CRITICAL\"")
        .contains("\"values\":{\"temperature\":31.0}");
  }

  @Test
  void repetitionsAndDurationsAreWaitedFor() {
    assertThat(preview(30, "{\"type\":\"REPEATING\",\"predicate\":{\"defaultValue\":2}}"))
        .contains("\"count\":2", "\"startTs\":3000", "\"startTs\":6000");
    assertThat(
            preview(
                10,
                "{\"type\":\"DURATION\",\"unit\":\"SECONDS\",\"predicate\":{\"defaultValue\":4}}"))
        .contains("\"count\":1", "\"startTs\":5000", "\"endTs\":0");
    assertThat(preview(50, "{\"type\":\"SIMPLE\"}")).contains("\"count\":0");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(post("{\"alarm\":{\"alarmType\":\"\"},\"deviceId\":%s,\"startTs\":0,\"endTs\":1}"))
        .contains("no alarm type");
    assertThat(post("{\"alarm\":{\"alarmType\":\"x\"},\"deviceId\":%s,\"startTs\":5,\"endTs\":5}"))
        .contains("endTs");
    assertThat(post("{\"alarm\":{\"alarmType\":\"x\"},\"startTs\":0,\"endTs\":5}"))
        .contains("deviceId");
  }

  private String preview(int limit, String spec) {
    return post(
        "{\"alarm\":{\"alarmType\":\"Hot\",\"createRules\":{\"CRITICAL\":{\"condition\":{\"condition\":["
            + filter("GREATER", limit)
            + "],\"spec\":"
            + spec
            + "}}},\"clearRule\":{\"condition\":{\"condition\":["
            + filter("LESS", 25)
            + "],\"spec\":{\"type\":\"SIMPLE\"}}}},\"deviceId\":%s,\"startTs\":0,\"endTs\":60000}");
  }

  private static String filter(String operation, int than) {
    return "{\"key\":{\"type\":\"TIME_SERIES\",\"key\":\"temperature\"},\"valueType\":\"NUMERIC\",\"predicate\":{\"type\":\"NUMERIC\",\"operation\":\"%s\",\"value\":{\"defaultValue\":%d}}}"
        .formatted(operation, than);
  }

  private String post(String body) {
    var device = "{\"entityType\":\"DEVICE\",\"id\":\"%s\"}".formatted(platform.deviceA.id().id());
    return a.post("/api/deviceProfile/alarmPreview", body.replace("%s", device)).toString();
  }
}
