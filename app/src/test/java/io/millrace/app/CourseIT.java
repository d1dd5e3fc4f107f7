package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The course that people follow by hand, with the tools they use: Paho for Python, curl, a
/// browser.
class CourseIT {
  private static final String DATABASE = "?ns=module24project-default-rtdb";

  @TempDir static Path folder;
  private static MillraceProcess millrace;
  private static Api tenant;

  @BeforeAll
  static void startTheDemo() {
    millrace =
        MillraceProcess.start(
            "demo", folder.resolve("data"), "--simulate=false", "--mqtt.extraPorts=0");
    tenant = Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
  }

  @AfterAll
  static void stopTheDemo() {
    millrace.close();
  }

  @Test
  void theCourseFromThePahoScriptToTheRealtimeDatabase() throws Exception {
    publish(millrace.port("mqtt.port"), 26.5, 61);
    await("temperature in the realtime database")
        .untilAsserted(() -> assertThat(curl("/temperature.json")).contains("26.5"));
    var device = tenant.device("DHT11 Demo Device");
    assertThat(latest(device, "temperature")).isEqualTo("26.5");
    assertThat(latest(device, "humidity")).isEqualTo("61");
    var alarm = onlyAlarm(device);
    assertThat(alarm.text("status", "")).isEqualTo("ACTIVE_UNACK");
    await("the alarm in the realtime database")
        .untilAsserted(() -> assertThat(curl("/alarm.json")).contains(alarm.text("type", "?")));

    publish(millrace.extraPort(), 15.0, 40);
    assertThat(latest(device, "temperature")).isEqualTo("15.0");
    assertThat(onlyAlarm(device).text("status", "")).isEqualTo("CLEARED_UNACK");
  }

  @Test
  void aCommandByRestIsAnsweredByTheDevice() {
    var device = tenant.createDevice("Pump", "PUMP_TOKEN");
    var options =
        MqttClientOptions.to("127.0.0.1", millrace.port("mqtt.port")).userName("PUMP_TOKEN");
    try (var pump = MqttClient.connect(options)) {
      pump.onMessage(
          command -> {
            var number = command.topicText().substring("v1/devices/me/rpc/request/".length());
            pump.send(
                "v1/devices/me/rpc/response/" + number,
                "{\"running\":true}".getBytes(StandardCharsets.UTF_8),
                1,
                false);
          });
      pump.subscribe("v1/devices/me/rpc/request/+", 1);
      var command = Json.parse("{\"method\":\"start\",\"params\":{\"rpm\":1200}}");
      assertThat(tenant.post("/api/rpc/twoway/" + device, command))
          .isEqualTo(Json.parse("{\"running\":true}"));
    }
  }

  /// The web UI's own tests, on a demo whose simulated sensor publishes.
  @Test
  void theBrowserShowsIt() throws Exception {
    try (var live =
        MillraceProcess.start(
            "demo", folder.resolve("live"), "--mqtt.extraPorts=", "--kafka.embedded=true")) {
      publish(live.port("mqtt.port"), 28.0, 55); // an alarm, whatever the sensor says just now
      var ui = Path.of("..", "ui").toAbsolutePath().normalize();
      var log = Files.createDirectories(ui.resolve("target")).resolve("e2e.log");
      var builder =
          new ProcessBuilder("npm", "run", "--silent", "e2e")
              .directory(ui.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("MILLRACE_URL", live.http());
      builder.environment().put("MILLRACE_REALTIME_URL", live.realtime());
      builder.environment().put("NO_COLOR", "1");
      var browser = builder.start();
      boolean ended = browser.waitFor(10, TimeUnit.MINUTES);
      browser.destroyForcibly();
      assertThat(ended ? browser.waitFor() : -1).as(Files.readString(log)).isZero();
    }
  }

  /// One reading, by Debian's Paho for Python with QoS 1.
  private static void publish(int port, double temperature, int humidity) throws Exception {
    var script =
        """
        import json, sys
        import paho.mqtt.client as mqtt
        client = mqtt.Client()
        client.username_pw_set("DHT11_DEMO_TOKEN")
        client.connect("127.0.0.1", %d, 60)
        client.loop_start()
        body = json.dumps({"temperature": %s, "humidity": %d})
        info = client.publish("v1/devices/me/telemetry", body, qos=1)
        info.wait_for_publish(20)
        if not info.is_published(): sys.exit("no PUBACK")
        client.disconnect()
        """
            .formatted(port, temperature, humidity);
    run("/usr/bin/python3", "-c", script);
  }

  private static String curl(String path) throws Exception {
    return run("curl", "-sS", "--max-time", "10", millrace.realtime() + path + DATABASE);
  }

  private static String latest(String device, String key) {
    JsonValue values =
        tenant.get("/api/plugins/telemetry/DEVICE/" + device + "/values/timeseries?keys=" + key);
    return values instanceof JsonObject keys
            && keys.get(key) instanceof JsonArray points
            && points.get(0) instanceof JsonObject point
        ? point.text("value", "")
        : "";
  }

  private static JsonObject onlyAlarm(String device) {
    var page =
        (JsonObject)
            tenant.get(
                "/api/alarm/DEVICE/"
                    + device
                    + "?pageSize=10&page=0&sortProperty=createdTime&sortOrder=DESC");
    assertThat(page.get("data")).isInstanceOf(JsonArray.class);
    var alarms = ((JsonArray) page.get("data")).values();
    assertThat(alarms).hasSize(1);
    return (JsonObject) alarms.getFirst();
  }

  private static String run(String... line) throws IOException, InterruptedException {
    var process = new ProcessBuilder(List.of(line)).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
