package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.Locale;

/// `GET /api/kafka/health`.
final class HealthApi {
  private final KafkaConnection kafka;

  HealthApi(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  void routes(KafkaRoutes routes) {
    routes.get("/api/kafka/health", _ -> json(kafka.health()));
  }

  private static JsonObject json(KafkaHealth health) {
    return JsonObject.builder()
        .put("state", health.state().name())
        .put("mode", health.mode().name().toLowerCase(Locale.ROOT))
        .put("bootstrapServers", health.bootstrapServers())
        .put("clusterId", orNull(health.clusterId()))
        .put(
            "brokers",
            new JsonArray(health.brokers().stream().<JsonValue>map(HealthApi::json).toList()))
        .put("error", orNull(health.error()))
        .put("since", health.sinceMs())
        .build();
  }

  private static JsonObject json(KafkaHealth.Broker broker) {
    return JsonObject.builder()
        .put("id", broker.id())
        .put("host", broker.host())
        .put("port", broker.port())
        .build();
  }

  private static JsonValue orNull(String text) {
    return text.isEmpty() ? JsonNull.NULL : new JsonString(text);
  }
}
