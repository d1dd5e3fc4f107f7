package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.List;

/// What a client may know about this Millrace before it signs in.
///
/// @param demo whether it is a demo, whose log-ins are known
/// @param demoLogins the demo's log-in to show first, or none
/// @param realtime the realtime database
/// @param mqtt the broker's ports
/// @param kafka how Kafka does
public record PlatformInfo(
    String version,
    boolean demo,
    List<DemoLogin> demoLogins,
    Realtime realtime,
    Mqtt mqtt,
    Kafka kafka) {

  /// A log-in that everybody may know.
  public record DemoLogin(String username, String password) {}

  /// The realtime database.
  ///
  /// @param url as browsers on this machine reach it, empty when it is off
  /// @param databases their names
  public record Realtime(String url, List<String> databases) {}

  /// Ports as they were opened.
  ///
  /// @param websocketPort 0 when it is off
  public record Mqtt(int port, List<Integer> extraPorts, int websocketPort) {}

  /// Why it is not up is for signed-in people only.
  ///
  /// @param state OFF, STARTING, UP, DOWN or FAILED
  /// @param mode off, embedded or cluster
  /// @param bootstrapServers `host:port,…`, empty when it is off
  public record Kafka(String state, String mode, String bootstrapServers) {}

  JsonObject toJson() {
    return JsonObject.builder()
        .put("version", version)
        .put("demo", demo)
        .put("demoLogin", demoLogins.isEmpty() ? JsonNull.NULL : json(demoLogins.getFirst()))
        .put(
            "realtime",
            JsonObject.builder()
                .put("url", realtime.url)
                .put("databases", texts(realtime.databases))
                .build())
        .put(
            "mqtt",
            JsonObject.builder()
                .put("port", mqtt.port)
                .put("extraPorts", numbers(mqtt.extraPorts))
                .put("websocketPort", mqtt.websocketPort)
                .build())
        .put(
            "kafka",
            JsonObject.builder()
                .put("state", kafka.state)
                .put("mode", kafka.mode)
                .put("bootstrapServers", kafka.bootstrapServers)
                .build())
        .build();
  }

  private static JsonObject json(DemoLogin login) {
    return JsonObject.builder()
        .put("username", login.username)
        .put("password", login.password)
        .build();
  }

  private static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static JsonArray numbers(List<Integer> numbers) {
    return new JsonArray(numbers.stream().<JsonValue>map(JsonLong::new).toList());
  }
}
