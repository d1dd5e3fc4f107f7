package io.millrace.app;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.List;

/// Where a running Millrace listens, as a person or a program on this machine reaches it.
record Urls(
    String host,
    List<Integer> mqttPorts,
    int webSocketPort,
    int httpPort,
    int realtimePort,
    Kafka kafka) {

  /// @param port of the broker inside this process, or 0
  /// @param servers for clients to dial; empty without Kafka
  record Kafka(int port, String servers) {}

  /// @param bindAddress an address that means all interfaces is shown as `localhost`
  static Urls of(
      String bindAddress,
      List<Integer> mqttPorts,
      int webSocketPort,
      int httpPort,
      int realtimePort,
      Kafka kafka) {
    var everywhere = bindAddress.equals("0.0.0.0") || bindAddress.equals("::");
    var host =
        everywhere
            ? "localhost"
            : bindAddress.contains(":") ? "[" + bindAddress + "]" : bindAddress;
    return new Urls(host, mqttPorts, webSocketPort, httpPort, realtimePort, kafka);
  }

  String http() {
    return "http://" + host + ":" + httpPort;
  }

  String realtime() {
    return "http://" + host + ":" + realtimePort;
  }

  String webSocket() {
    return "ws://" + host + ":" + webSocketPort + "/mqtt";
  }

  List<String> mqtt() {
    return mqttPorts.stream().map(port -> "mqtt://" + host + ":" + port).toList();
  }

  /// The ports under the names of their settings, and the addresses.
  JsonObject json() {
    List<JsonValue> extra =
        mqttPorts.stream().skip(1).<JsonValue>map(port -> new JsonLong(port)).toList();
    List<JsonValue> addresses = mqtt().stream().<JsonValue>map(JsonString::new).toList();
    return JsonObject.builder()
        .put("mqtt.port", mqttPorts.isEmpty() ? -1 : mqttPorts.getFirst())
        .put("mqtt.extraPorts", new JsonArray(extra))
        .put("mqtt.websocket.port", webSocketPort)
        .put("http.port", httpPort)
        .put("realtime.port", realtimePort)
        .put("kafka.port", kafka.port)
        .put(
            "urls",
            JsonObject.builder()
                .put("http", http())
                .put("realtime", realtime())
                .put("mqttWebSocket", webSocket())
                .put("mqtt", new JsonArray(addresses))
                .put("kafka", kafka.servers)
                .build())
        .build();
  }
}
