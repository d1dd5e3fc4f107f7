package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/// Topics: list, make, look at, configure, widen, delete.
final class TopicsApi {
  private static final int PARTITIONS_MAX = 10_000;

  private final KafkaConnection kafka;
  private final TopicFigures figures;

  TopicsApi(KafkaConnection kafka, TopicFigures figures) {
    this.kafka = kafka;
    this.figures = figures;
  }

  void routes(KafkaRoutes routes) {
    routes.get("/api/kafka/topics", this::list);
    routes.post("/api/kafka/topics", this::create);
    routes.get("/api/kafka/topics/:topic", request -> detail(request.path("topic")));
    routes.put("/api/kafka/topics/:topic/configs", this::configure);
    routes.post("/api/kafka/topics/:topic/partitions", this::widen);
    routes.delete("/api/kafka/topics/:topic", this::delete);
  }

  private JsonValue list(KafkaRequest request) throws Exception {
    return new JsonArray(
        figures.all(request.flag("internal")).stream()
            .<JsonValue>map(
                topic -> common(topic).put("partitions", topic.partitions().size()).build())
            .toList());
  }

  private JsonValue create(KafkaRequest request) throws Exception {
    var body = request.body();
    var name = body.text("name", "");
    if (name.isBlank()) {
      throw HttpError.badField("name", "is missing; name the topic");
    }
    int partitions =
        KafkaRequest.within(
            "partitions", KafkaRequest.number(body, "partitions").orElse(1), 1, PARTITIONS_MAX);
    var replication = KafkaRequest.number(body, "replicationFactor");
    var topic =
        new NewTopic(
            name,
            Optional.of(partitions),
            replication.isPresent()
                ? Optional.of(
                    (short)
                        KafkaRequest.within(
                            "replicationFactor", replication.getAsLong(), 1, Short.MAX_VALUE))
                : Optional.empty());
    if (body.get("configs") instanceof JsonObject configs) {
      topic.configs(texts(configs));
    }
    return KafkaFailures.mapped(
        name,
        () -> {
          figures.wait(kafka.admin().createTopics(List.of(topic)).all());
          figures.awaitPartitions(name, partitions);
          return detail(name);
        });
  }

  private JsonValue detail(String name) throws Exception {
    var topic = figures.of(List.of(name)).getFirst();
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var configs =
        figures.wait(kafka.admin().describeConfigs(List.of(resource)).all()).get(resource);
    List<JsonValue> entries = new ArrayList<>();
    if (configs != null) {
      configs.entries().stream()
          .sorted(Comparator.comparing(ConfigEntry::name))
          .forEach(entry -> entries.add(json(entry)));
    }
    return common(topic)
        .put(
            "partitions",
            new JsonArray(topic.partitions().stream().<JsonValue>map(TopicsApi::json).toList()))
        .put("configs", new JsonArray(entries))
        .build();
  }

  private JsonValue configure(KafkaRequest request) throws Exception {
    var name = request.path("topic");
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var changes = new ArrayList<AlterConfigOp>();
    request
        .body()
        .forEach(
            (config, value) ->
                changes.add(
                    value == JsonNull.NULL
                        ? new AlterConfigOp(
                            new ConfigEntry(config, ""), AlterConfigOp.OpType.DELETE)
                        : new AlterConfigOp(
                            new ConfigEntry(config, value.asText()), AlterConfigOp.OpType.SET)));
    figures.wait(kafka.admin().incrementalAlterConfigs(Map.of(resource, changes)).all());
    return detail(name);
  }

  private JsonValue widen(KafkaRequest request) throws Exception {
    var name = request.path("topic");
    var count =
        KafkaRequest.number(request.body(), "count")
            .orElseThrow(
                () ->
                    HttpError.badField(
                        "count", "is missing; say how many partitions there shall be"));
    int wanted = KafkaRequest.within("count", count, 1, PARTITIONS_MAX);
    var change = Map.of(name, NewPartitions.increaseTo(wanted));
    figures.wait(kafka.admin().createPartitions(change).all());
    figures.awaitPartitions(name, wanted);
    return detail(name);
  }

  private JsonValue delete(KafkaRequest request) throws Exception {
    figures.wait(kafka.admin().deleteTopics(List.of(request.path("topic"))).all());
    return JsonNull.NULL;
  }

  private static Map<String, String> texts(JsonObject configs) {
    Map<String, String> texts = new HashMap<>();
    configs.forEach(
        (name, value) -> {
          if (value != JsonNull.NULL) {
            texts.put(name, value.asText());
          }
        });
    return texts;
  }

  private static JsonObject.Builder common(TopicFigures.Topic topic) {
    return JsonObject.builder()
        .put("name", topic.name())
        .put("replicationFactor", topic.replicationFactor())
        .put("sizeBytes", topic.sizeBytes())
        .put("records", topic.records())
        .put("recordsPerSecond", new JsonDouble(rounded(topic.recordsPerSecond())))
        .put("bytesPerSecond", new JsonDouble(rounded(topic.bytesPerSecond())))
        .put("internal", topic.isInternal());
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }

  private static JsonObject json(TopicFigures.Partition partition) {
    return JsonObject.builder()
        .put("partition", partition.partition())
        .put(
            "leader",
            partition.leader().isPresent()
                ? new JsonLong(partition.leader().getAsLong())
                : JsonNull.NULL)
        .put("startOffset", partition.start())
        .put("endOffset", partition.end())
        .put("sizeBytes", Math.max(0, partition.sizeBytes()))
        .build();
  }

  private static JsonObject json(ConfigEntry entry) {
    var value = entry.value();
    return JsonObject.builder()
        .put("name", entry.name())
        .put("value", value == null ? JsonNull.NULL : new JsonString(value))
        .put("isDefault", entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .put("readOnly", entry.isReadOnly())
        .build();
  }
}
