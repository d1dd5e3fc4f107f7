package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// `/topics/…`: list, describe, write records as JSON or as Base64.
final class ConfluentTopics {
  private static final int RECORDS_MAX = 10_000;

  private final KafkaConnection kafka;
  private final TopicFigures figures;

  ConfluentTopics(KafkaConnection kafka, TopicFigures figures) {
    this.kafka = kafka;
    this.figures = figures;
  }

  void routes(ConfluentRoutes routes) {
    routes.get("/topics", _ -> names());
    routes.get("/topics/:topic", request -> topic(request.path("topic")));
    routes.post("/topics/:topic", request -> write(request, OptionalLong.empty()));
    routes.get("/topics/:topic/partitions", request -> partitions(describe(request.path("topic"))));
    routes.get("/topics/:topic/partitions/:partition", request -> json(partition(request)));
    routes.get("/topics/:topic/partitions/:partition/offsets", this::offsets);
    routes.post(
        "/topics/:topic/partitions/:partition",
        request -> write(request, OptionalLong.of(partition(request).partition())));
  }

  private JsonValue names() throws Exception {
    var names = figures.wait(kafka.admin().listTopics().names());
    return new JsonArray(names.stream().sorted().<JsonValue>map(JsonString::new).toList());
  }

  private JsonValue topic(String name) throws Exception {
    var topic = describe(name);
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var found = figures.wait(kafka.admin().describeConfigs(List.of(resource)).all()).get(resource);
    var configs = JsonObject.builder();
    if (found != null) {
      found
          .entries()
          .forEach(
              entry -> {
                var value = entry.value();
                configs.put(entry.name(), value == null ? JsonNull.NULL : new JsonString(value));
              });
    }
    return JsonObject.builder()
        .put("name", name)
        .put("configs", configs.build())
        .put("partitions", partitions(topic))
        .build();
  }

  private TopicDescription describe(String name) throws Exception {
    var topic = figures.wait(kafka.admin().describeTopics(List.of(name)).allTopicNames()).get(name);
    if (topic == null) {
      throw KafkaFailures.missing(name);
    }
    return topic;
  }

  private TopicPartitionInfo partition(KafkaRequest request) throws Exception {
    var name = request.path("topic");
    var wanted = request.path("partition");
    return describe(name).partitions().stream()
        .filter(info -> Integer.toString(info.partition()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> HttpError.notFound("Topic '%s' has no partition %s".formatted(name, wanted)));
  }

  private JsonValue offsets(KafkaRequest request) throws Exception {
    int wanted = partition(request).partition();
    var known = figures.of(List.of(request.path("topic"))).getFirst().partitions().get(wanted);
    return JsonObject.builder()
        .put("beginning_offset", known.start())
        .put("end_offset", known.end())
        .build();
  }

  private static JsonArray partitions(TopicDescription topic) {
    return new JsonArray(
        topic.partitions().stream().<JsonValue>map(ConfluentTopics::json).toList());
  }

  private static JsonObject json(TopicPartitionInfo partition) {
    var leader = partition.leader();
    int leading = leader == null ? -1 : leader.id();
    List<JsonValue> replicas = new ArrayList<>();
    for (var replica : partition.replicas()) {
      replicas.add(
          JsonObject.builder()
              .put("broker", replica.id())
              .put("leader", replica.id() == leading)
              .put("in_sync", partition.isr().contains(replica))
              .build());
    }
    return JsonObject.builder()
        .put("partition", partition.partition())
        .put("leader", leading)
        .put("replicas", new JsonArray(replicas))
        .build();
  }

  private JsonValue write(KafkaRequest request, OptionalLong partition) throws Exception {
    var topic = request.path("topic");
    var type = ConfluentRoutes.header(request.context(), "Content-Type");
    boolean isBinary = type.contains("vnd.kafka.binary") || type.contains("vnd.kafka.v2");
    if (type.contains("avro") || type.contains("protobuf") || type.contains("jsonschema")) {
      throw new HttpError(
          415,
          HttpError.Code.BAD_REQUEST,
          "Content-Type %s is not taken; send application/vnd.kafka.json.v2+json or application/vnd.kafka.binary.v2+json"
              .formatted(type));
    }
    if (!(request.body().get("records") instanceof JsonArray records)) {
      throw HttpError.badField("records", "is missing; send {\"records\": [{\"value\": …}]}");
    }
    KafkaRequest.within("records", records.size(), 1, RECORDS_MAX);
    int partitions = describe(topic).partitions().size();
    var all = new ArrayList<ProducerRecord<byte[], byte[]>>(); // nothing is sent if one is wrong
    for (var each : records.values()) {
      all.add(record(topic, partitions, each, isBinary, partition));
    }
    var sent = new ArrayList<Future<RecordMetadata>>();
    var producer = kafka.producer();
    all.forEach(record -> sent.add(producer.send(record)));
    var offsets = new ArrayList<JsonValue>();
    for (var one : sent) {
      offsets.add(outcome(one));
    }
    return JsonObject.builder()
        .put("offsets", new JsonArray(offsets))
        .put("key_schema_id", JsonNull.NULL)
        .put("value_schema_id", JsonNull.NULL)
        .build();
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partitions, JsonValue each, boolean isBinary, OptionalLong partition) {
    if (!(each instanceof JsonObject record) || !record.has("value")) {
      throw HttpError.badField("records", "holds %s, not {\"value\": …}".formatted(each));
    }
    var wanted = partition.isPresent() ? partition : KafkaRequest.number(record, "partition");
    var timestamp = KafkaRequest.number(record, "timestamp");
    return new ProducerRecord<>(
        topic,
        wanted.isPresent()
            ? (Integer) KafkaRequest.within("partition", wanted.getAsLong(), 0, partitions - 1)
            : null,
        timestamp.isPresent() ? (Long) timestamp.getAsLong() : null,
        bytes(record.get("key"), isBinary),
        bytes(record.get("value"), isBinary));
  }

  private static byte @Nullable [] bytes(@Nullable JsonValue value, boolean isBinary) {
    if (value == null || value == JsonNull.NULL) {
      return null;
    }
    return isBinary
        ? RecordsApi.binary(value.asText())
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Confluent: error_code 1 will fail again, 2 may be tried again.
  private static JsonObject outcome(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      var written = sent.get();
      return JsonObject.builder()
          .put("partition", written.partition())
          .put("offset", written.offset())
          .put("error_code", JsonNull.NULL)
          .put("error", JsonNull.NULL)
          .build();
    } catch (ExecutionException e) {
      var cause = KafkaTrouble.cause(e);
      return JsonObject.builder()
          .put("partition", JsonNull.NULL)
          .put("offset", JsonNull.NULL)
          .put("error_code", new JsonLong(cause instanceof RetriableException ? 2 : 1))
          .put("error", String.valueOf(cause.getMessage()))
          .build();
    }
  }

  static boolean truth(@Nullable JsonValue value, boolean fallback) {
    return switch (value) {
      case null -> fallback;
      case JsonBoolean flag -> flag == JsonBoolean.TRUE;
      default -> Boolean.parseBoolean(value.asText()); // Confluent's clients send "true"
    };
  }
}
