package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that becomes full under a running Millrace, and has room again.
class FullDiskIT {
  @TempDir Path folder;

  @Test
  void writesAreRefusedReadsGoOnHealthSaysWhyAndItRecoversByItself() throws IOException {
    Assumptions.assumeTrue(FaultyDisk.isPossible(), "needs Linux and a C compiler");
    var data = folder.resolve("data");
    try (var disk = FaultyDisk.under(data, folder.resolve("disk"));
        var millrace = MillraceProcess.start("demo", data, disk, "--simulate=false")) {
      var tenant = Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
      var telemetry =
          "/api/plugins/telemetry/DEVICE/" + tenant.createDevice("D", "D_TOKEN") + "/%s";
      post(tenant, telemetry, 1_000, 1);
      assertThat(tenant.get("/health").toString()).contains("\"UP\"");

      disk.failWrite(1, FaultyDisk.Fault.STAYS_FULL);
      assertThatThrownBy(() -> post(tenant, telemetry, 2_000, 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(": 50");
      assertThatThrownBy(() -> tenant.get("/health"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(": 503");
      assertThat(tenant.get("/api/millrace/storage").toString()).contains("\"trouble\":");
      assertThat(latest(tenant, telemetry)).as("reads go on").contains("\"ts\":1000");

      disk.healthy();
      Awaitility.await("to store again by itself")
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> tenant.get("/health").toString().contains("\"UP\""));
      post(tenant, telemetry, 3_000, 3);
      assertThat(latest(tenant, telemetry)).contains("\"ts\":3000");
      var all = tenant.get(telemetry.formatted("values/timeseries?keys=t&startTs=0&endTs=9000"));
      assertThat(all.toString()).contains("1000", "3000").doesNotContain("2000");
    }
  }

  private static void post(Api tenant, String telemetry, long ts, int value) {
    tenant.post(
        telemetry.formatted("timeseries/ANY"),
        (JsonObject) Json.parse("{\"ts\":%d,\"values\":{\"t\":%d}}".formatted(ts, value)));
  }

  private static String latest(Api tenant, String telemetry) {
    return tenant.get(telemetry.formatted("values/timeseries?keys=t")).toString();
  }
}
