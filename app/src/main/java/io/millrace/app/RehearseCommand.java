package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `millrace rehearse`: a short run of the demo on free ports that touches what every start needs.
///
/// The launcher records it into the start-up cache, so that later starts find classes loaded and
/// linked. Not for people, hence hidden.
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  private static final int MESSAGES = 500;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var settings = new HashMap<>(DemoCommand.DEFAULTS);
    settings.put("mqtt.extraPorts", "");
    settings.put("kafka.embedded", "false"); // classes of other loaders are not in the cache
    for (var port : List.of("mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port")) {
      settings.put(port, "0");
    }
    try (var millrace =
        Millrace.start(MillraceConfig.read(Map.copyOf(settings), "rehearse", null, flags), true)) {
      millrace.installDemo();
      millrace.publishPorts();
      publish(millrace.urls().mqttPorts().getFirst());
      ask(millrace.urls());
    }
    return 0;
  }

  private static void publish(int port) {
    var options = MqttClientOptions.to("127.0.0.1", port).userName(DemoTenant.SENSOR_TOKEN);
    try (var client = MqttClient.connect(options)) {
      client.subscribe("rehearsal/#", 1);
      for (int i = 0; i < MESSAGES; i++) {
        var reading = "{\"temperature\":%d,\"humidity\":%d.5}".formatted(i % 40, i % 100);
        client.publish(
            "v1/devices/me/telemetry", reading.getBytes(StandardCharsets.UTF_8), 1, false);
      }
      client.publish("rehearsal/topic", new byte[] {1}, 1, true);
    }
  }

  private static void ask(Urls urls) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var login =
          JsonObject.builder()
              .put("username", DemoTenant.LOGIN)
              .put("password", DemoTenant.PASSWORD)
              .build();
      var reply =
          http.send(
              HttpRequest.newBuilder(URI.create(urls.http() + "/api/auth/login"))
                  .POST(HttpRequest.BodyPublishers.ofString(login.toString()))
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      var token = ((JsonObject) Json.parse(reply.body())).text("token", "");
      for (var path : List.of("/", "/api/auth/user", "/api/tenant/devices?pageSize=10&page=0")) {
        get(http, urls.http() + path, token);
      }
      get(http, urls.realtime() + "/.json?ns=module24project-default-rtdb", "");
    }
  }

  private static void get(HttpClient http, String url, String token)
      throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("X-Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }
}
