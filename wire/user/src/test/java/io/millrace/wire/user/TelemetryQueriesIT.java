package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calendar intervals, several devices in one call, and samples for charts, through the API.
final class TelemetryQueriesIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private String device;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    device = platform.deviceA.id().id().toString();
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void daysOfAZoneAreRightAcrossDaylightSaving() {
    // On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00: that day has 23 hours.
    long from = ms("2026-03-28T00:00+01:00[Europe/Berlin]");
    long until = ms("2026-03-31T00:00+02:00[Europe/Berlin]");
    hourly(from, until);
    var days = range(from, until, "agg=COUNT&intervalType=DAY&timeZone=Europe/Berlin");
    assertThat(days)
        .isEqualTo(
            "{\"t\":[{\"ts\":%d,\"value\":24},{\"ts\":%d,\"value\":23},{\"ts\":%d,\"value\":24}]}"
                .formatted(
                    from + 12 * 3_600_000L,
                    ms("2026-03-29T00:00+01:00[Europe/Berlin]") + 23 * 1_800_000L,
                    ms("2026-03-30T12:00+02:00[Europe/Berlin]")));
  }

  @Test
  void weeksBeginOnSundayOrMondayAsAsked() {
    long from = ms("2026-03-28T00:00Z"); // a Saturday
    long until = ms("2026-03-31T00:00Z");
    hourly(from, until);
    assertThat(range(from, until, "agg=COUNT&intervalType=WEEK&timeZone=UTC"))
        .contains("\"value\":24}", "\"value\":48}");
    assertThat(range(from, until, "agg=COUNT&intervalType=WEEK_ISO&timeZone=UTC"))
        .contains("\"value\":48}", "\"value\":24}");
    assertThat(range(from, until, "agg=COUNT&intervalType=QUARTER&timeZone=UTC"))
        .contains("\"value\":72}");
  }

  @Test
  void badParametersAreNamed() {
    assertThat(status("agg=MAX&intervalType=FORTNIGHT"))
        .contains("400", "intervalType", "WEEK_ISO");
    assertThat(status("agg=MAX&intervalType=DAY&timeZone=Mars/Olympus"))
        .contains("400", "timeZone", "Europe/Berlin");
    assertThat(status("pixels=-1")).contains("400", "pixels");
  }

  @Test
  void severalDevicesAndKeysAreAskedInOneCall() {
    a.post(
        "/api/plugins/telemetry/DEVICE/" + device + "/timeseries/ANY",
        "{\"ts\":1000,\"values\":{\"t\":1,\"h\":2}}");
    var body =
        "{\"entities\":[{\"entityType\":\"DEVICE\",\"id\":\"%s\"},{\"entityType\":\"TENANT\",\"id\":\"%s\"}],\"keys\":[\"t\",\"h\"]%s}";
    var latest =
        a.post("/api/plugins/telemetry/query", body.formatted(device, platform.tenantA.id(), ""));
    assertThat(latest.json().toString())
        .contains("\"t\":[{\"ts\":1000,\"value\":1}]", "\"h\":[{\"ts\":1000,\"value\":2}]")
        .contains("\"timeseries\":{}");
    var range =
        a.post(
            "/api/plugins/telemetry/query",
            body.formatted(
                device, platform.tenantA.id(), ",\"startTs\":0,\"endTs\":2000,\"pixels\":10"));
    assertThat(range.json().toString()).contains("\"t\":[{\"ts\":1000,\"value\":1}]");
    var b = platform.as("b@x.example");
    assertThat(
            b.post(
                    "/api/plugins/telemetry/query",
                    body.formatted(device, platform.tenantA.id(), ""))
                .status())
        .isIn(403, 404);
    assertThat(a.post("/api/plugins/telemetry/query", "{\"keys\":[\"t\"]}").text("message"))
        .contains("entities");
  }

  private void hourly(long from, long until) {
    var rows = new StringBuilder("[");
    for (long ts = from; ts < until; ts += 3_600_000) {
      rows.append(ts == from ? "" : ",").append("{\"ts\":%d,\"values\":{\"t\":1}}".formatted(ts));
    }
    a.post(
        "/api/plugins/telemetry/DEVICE/" + device + "/timeseries/ANY", rows.append("]").toString());
  }

  private String range(long from, long until, String more) {
    return a.get(
            "/api/plugins/telemetry/DEVICE/%s/values/timeseries?keys=t&startTs=%d&endTs=%d&useStrictDataTypes=true&%s"
                .formatted(device, from, until, more))
        .json()
        .toString();
  }

  private String status(String more) {
    var answer =
        a.get(
            "/api/plugins/telemetry/DEVICE/%s/values/timeseries?keys=t&startTs=0&endTs=10&%s"
                .formatted(device, more));
    return answer.status() + " " + answer.text("message");
  }

  private static long ms(String time) {
    return ZonedDateTime.parse(time).toInstant().toEpochMilli();
  }
}
