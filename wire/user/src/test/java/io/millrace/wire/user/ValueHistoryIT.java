package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValueHistoryIT {
  private static final long H = 3_600_000;

  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private String path;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    path = "/api/plugins/telemetry/DEVICE/" + platform.deviceA.id().id();
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void consumptionAndItsCostComeWithTheKindAndTheTariff() {
    profile("{\"energy\":{\"kind\":\"COUNTER\",\"tariff\":\"home\"}}");
    a.post(
        "/api/plugins/telemetry/TENANT/%s/attributes/SERVER_SCOPE".formatted(platform.tenantA.id()),
        "{\"tariffs\":{\"home\":{\"currency\":\"EUR\",\"price\":2,\"rates\":[{\"name\":\"night\",\"price\":\"0.5\",\"from\":\"00:00\",\"until\":\"01:00\"}]}}}");
    save("energy", 0, 10, H, 13, 2 * H, 14);
    assertThat(get("/consumption?key=energy&startTs=0&endTs=%d&interval=%d".formatted(2 * H, H)))
        .contains(
            "\"ts\":0,\"endTs\":3600000,\"value\":3.0,\"falls\":0,\"cost\":1.5,\"currency\":\"EUR\"")
        .contains("\"value\":1.0,\"falls\":0,\"cost\":2.0", "\"byRate\":{\"base\":1.0}");
    a.post(
        path + "/attributes/SERVER_SCOPE",
        "{\"meterReplacements\":{\"energy\":[{\"ts\":1,\"oldEnd\":10,\"newStart\":12}]}}");
    assertThat(get("/consumption?key=energy&startTs=0&endTs=%d&tariff=home".formatted(H)))
        .contains("\"value\":1.0");
    assertThat(get("/valueKinds")).contains("COUNTER");
  }

  @Test
  void timesInStatesEndNow() {
    profile("{\"mode\":{\"kind\":\"STATE\"}}");
    a.post(path + "/timeseries/ANY", "{\"ts\":1000,\"values\":{\"mode\":\"on\"}}");
    a.post(path + "/timeseries/ANY", "{\"ts\":5000,\"values\":{\"mode\":\"off\"}}");
    assertThat(get("/states?key=mode&startTs=0&endTs=10000"))
        .contains("\"off\":5000", "\"on\":4000");
  }

  @Test
  void theWayOfAPositionPerIntervalAndForAMap() {
    profile("{\"place\":{\"kind\":\"POSITION\",\"maxKmPerHour\":200}}");
    for (int i = 0; i < 4; i++) {
      a.post(
          path + "/timeseries/ANY",
          "{\"ts\":%d,\"values\":{\"place\":{\"latitude\":48.%d,\"longitude\":16}}}"
              .formatted(i * H / 2, i));
    }
    assertThat(get("/travel?key=place&startTs=0&endTs=%d&interval=%d".formatted(2 * H, H)))
        .contains("\"km\":11.1", "\"km\":22.2", "\"fixes\":2", "\"jumps\":0")
        .contains("\"last\":{\"ts\":5400000,\"latitude\":48.3,\"longitude\":16.0}");
    assertThat(get("/track?key=place&startTs=0&endTs=%d&limit=2".formatted(2 * H)))
        .contains("48.0", "48.3")
        .doesNotContain("48.1");
    assertThat(get("/track?key=place&startTs=0&endTs=%d&limit=1".formatted(2 * H)))
        .contains("a way has 2 to");
    assertThat(refusal("{\"place\":{\"kind\":\"POSITION\",\"maxKmPerHour\":0}}"))
        .contains("maxKmPerHour");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(refusal("{\"energy\":{\"kind\":\"METER\"}}")).contains("kind", "COUNTER");
    assertThat(refusal("{\"energy\":{\"kind\":\"COUNTER\",\"rollOver\":-1}}")).contains("rollOver");
    assertThat(
            refusal(
                "{\"energy\":{\"kind\":\"COUNTER\",\"tariff\":{\"price\":1,\"rates\":[{\"name\":\"n\",\"price\":1,\"from\":\"25:00\"}]}}}"))
        .contains("from", "25:00");
    assertThat(
            refusal(
                "{\"energy\":{\"kind\":\"COUNTER\",\"tariff\":{\"price\":1,\"holidays\":[\"12-32\"]}}}"))
        .contains("holidays", "12-32");
    assertThat(get("/consumption?key=t&startTs=0&endTs=10")).contains("GAUGE", "valueKinds.t");
    profile("{\"t\":{\"kind\":\"COUNTER\",\"tariff\":\"none\"}}");
    assertThat(get("/consumption?key=t&startTs=0&endTs=10")).contains("tariff", "none");
  }

  @Test
  void aRetentionThatCannotBeIsRefused() {
    var id = platform.deviceA.deviceProfileId().id();
    var profile = a.get("/api/deviceProfile/" + id).object();
    for (var bad : new String[] {"{\"days\":-1}", "{\"days\":\"x\"}", "{\"keys\":{\"t\":1.5}}"}) {
      var changed = profile.with("profileData", Json.parse("{\"retention\":%s}".formatted(bad)));
      assertThat(a.post("/api/deviceProfile", changed.toString()).text("message"))
          .contains("retention", "whole days");
      assertThat(
              platform
                  .as("root@x.example")
                  .post(
                      "/api/tenant",
                      "{\"title\":\"T\",\"additionalInfo\":{\"retention\":%s}}".formatted(bad))
                  .text("message"))
          .contains("retention", "whole days");
    }
  }

  private String refusal(String kinds) {
    return profile(kinds);
  }

  private String profile(String kinds) {
    var id = platform.deviceA.deviceProfileId().id();
    var profile = a.get("/api/deviceProfile/" + id).object();
    var changed = profile.with("profileData", Json.parse("{\"valueKinds\":%s}".formatted(kinds)));
    return a.post("/api/deviceProfile", changed.toString()).json().toString();
  }

  private void save(String key, long... tsAndValue) {
    for (int i = 0; i < tsAndValue.length; i += 2) {
      a.post(
          path + "/timeseries/ANY",
          "{\"ts\":%d,\"values\":{\"%s\":%d}}".formatted(tsAndValue[i], key, tsAndValue[i + 1]));
    }
  }

  private String get(String more) {
    return a.get(path + more).json().toString();
  }
}
