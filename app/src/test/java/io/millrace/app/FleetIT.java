package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo's vehicles: simulator, Kafka client, broker, source, rule chain, telemetry.
class FleetIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path folder;

  @Test
  void theDemosVehiclesMoveThroughKafkaToTheirDevices() {
    try (var millrace =
        MillraceProcess.start(
            "demo", folder.resolve("data"), "--kafka.embedded=true", "--mqtt.extraPorts=")) {
      var tenant = Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
      await().atMost(SOON).until(() -> devices(tenant).size() == SimulatedFleet.VEHICLES);
      var id = ((JsonObject) ((JsonObject) devices(tenant).get(0)).get("id")).text("id", "");
      await()
          .atMost(SOON)
          .until(
              () ->
                  tenant
                      .get(
                          "/api/plugins/telemetry/DEVICE/"
                              + id
                              + "/values/timeseries?keys=latitude,longitude,speed,odometer,heading")
                      .toString()
                      .contains("heading"));
      var source = (JsonObject) ((JsonArray) tenant.get("/api/kafka/sources")).get(0);
      assertThat(source.text("name", "")).isEqualTo("vehicle-coordinates");
      assertThat(((JsonObject) source.get("status")).text("state", "")).isEqualTo("RUNNING");
      assertThatThrownBy(() -> tenant.post("/api/kafka/sources", JsonObject.EMPTY))
          .hasMessageContaining("400")
          .hasMessageContaining("topicPattern is empty");
      assertThatThrownBy(() -> tenant.get("/api/kafka/sources/" + id)).hasMessageContaining("404");
      var customer = Api.signIn(millrace.http(), "customer@thingsboard.org", "customer");
      for (var kind : List.of("sources", "exports", "bridges")) {
        assertThatThrownBy(() -> customer.get("/api/kafka/" + kind)).hasMessageContaining("403");
      }
      var export = JsonObject.builder().put("name", "e").put("telemetryTopic", "out").build();
      var made = (JsonObject) tenant.post("/api/kafka/exports", export);
      await()
          .atMost(SOON)
          .until(
              () ->
                  !tenant
                      .get("/api/kafka/exports/" + made.text("id", ""))
                      .toString()
                      .contains("\"records\":0,"));
    }
  }

  private static JsonArray devices(Api tenant) {
    var page = (JsonObject) tenant.get("/api/tenant/devices?pageSize=100&page=0&type=vehicle");
    return (JsonArray) page.get("data");
  }
}
