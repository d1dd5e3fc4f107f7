package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.wire.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// Records of a topic: look for some, write one.
final class RecordsApi {
  private static final int LIMIT_MAX = 1_000;

  private final KafkaConnection kafka;
  private final ApiConfig config;
  private final TopicFigures figures;
  private final SchemaValues schemas;
  private final Clock clock;
  private final Semaphore searches;

  RecordsApi(
      KafkaConnection kafka,
      ApiConfig config,
      TopicFigures figures,
      SchemaValues schemas,
      Clock clock) {
    this.kafka = kafka;
    this.config = config;
    this.figures = figures;
    this.schemas = schemas;
    this.clock = clock;
    this.searches = new Semaphore(config.searchesMax());
  }

  void routes(KafkaRoutes routes) {
    routes.get("/api/kafka/topics/:topic/records", this::search);
    routes.post("/api/kafka/topics/:topic/records", this::produce);
  }

  private JsonValue search(KafkaRequest request) throws Exception {
    var topic = request.path("topic");
    int limit = request.number("limit", 100, 1, LIMIT_MAX);
    boolean isNewestFirst = newestFirst(request);
    var only = request.number("partition");
    var partitions =
        figures.of(List.of(topic)).getFirst().partitions().stream()
            .map(TopicFigures.Partition::partition)
            .filter(p -> only.isEmpty() || only.getAsLong() == p)
            .map(p -> new TopicPartition(topic, p))
            .toList();
    if (partitions.isEmpty()) {
      throw HttpError.badField(
          "partition", "is %d; the topic has none of that number".formatted(only.orElse(0)));
    }
    if (!searches.tryAcquire()) {
      throw HttpError.unavailable(
          "%d searches are running (kafka.api.searchesMax); try again in a second"
              .formatted(config.searchesMax()));
    }
    try (var consumer = consumer()) {
      var from = from(request, consumer, partitions, isNewestFirst);
      var question =
          new RecordSearch.Question(
              topic, only, from, RecordFilter.of(request), limit, isNewestFirst);
      var budget =
          new RecordSearch.Budget(
              config.searchRecordsMax(), config.searchBytesMax(), config.searchTimeout());
      return json(new RecordSearch(consumer, clock, budget, question).run(partitions));
    } finally {
      searches.release();
    }
  }

  /// Its size of one answer bounds what a search has in memory besides what it found.
  private Consumer<byte[], byte[]> consumer() {
    return kafka.consumer(
        "",
        Map.of(
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            1 << 20,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            4 << 20,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2_000,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            10, // the next partition waits behind it
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"));
  }

  private static boolean newestFirst(KafkaRequest request) {
    var order = request.query("order").orElse("newest");
    if (!order.equals("newest") && !order.equals("oldest")) {
      throw HttpError.badField("order", "is '%s', not newest or oldest".formatted(order));
    }
    return order.equals("newest");
  }

  /// Where to begin: where the last page ended, at an offset, or at a time.
  private static Map<Integer, Long> from(
      KafkaRequest request,
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      boolean isNewestFirst) {
    Map<Integer, Long> from = new HashMap<>();
    var next = request.query("next");
    var offset = request.number("offset");
    var ts = request.number("ts");
    if (next.isPresent()) {
      return places(next.get());
    } else if (offset.isPresent()) { // backwards from there, itself included
      long at = offset.getAsLong() + (isNewestFirst ? 1 : 0);
      partitions.forEach(partition -> from.put(partition.partition(), at));
    } else if (ts.isPresent()) {
      long at = ts.getAsLong() + (isNewestFirst ? 1 : 0);
      var ends = consumer.endOffsets(partitions);
      var asked = partitions.stream().collect(Collectors.toMap(p -> p, _ -> at));
      consumer
          .offsetsForTimes(asked)
          .forEach(
              (partition, found) ->
                  from.put(
                      partition.partition(),
                      found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
    }
    return from;
  }

  private static Map<Integer, Long> places(String next) {
    Map<Integer, Long> places = new HashMap<>();
    try {
      for (var place : next.split(",")) {
        int colon = place.indexOf(':');
        places.put(
            Integer.parseInt(place.substring(0, Math.max(0, colon))),
            Long.parseLong(place.substring(colon + 1)));
      }
      return places;
    } catch (NumberFormatException e) {
      throw HttpError.badField("next", "is '%s'; pass what the page before said".formatted(next));
    }
  }

  private JsonObject json(RecordSearch.Answer answer) {
    var next =
        answer.next().entrySet().stream()
            .map(place -> place.getKey() + ":" + place.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    return JsonObject.builder()
        .put(
            "records",
            new JsonArray(
                answer.records().stream()
                    .<JsonValue>map(record -> RecordJson.of(record, schemas))
                    .toList()))
        .put("scanned", answer.scanned())
        .put("complete", next.isEmpty())
        .put("next", next.isEmpty() ? JsonNull.NULL : new JsonString(next))
        .build();
  }

  private JsonValue produce(KafkaRequest request) throws Exception {
    var topic = request.path("topic");
    var body = request.body();
    figures.wait(
        kafka.admin().describeTopics(List.of(topic)).allTopicNames()); // 404, not a new one
    var partition = KafkaRequest.number(body, "partition");
    var timestamp = KafkaRequest.number(body, "timestamp");
    var record =
        new ProducerRecord<>(
            topic,
            partition.isPresent()
                ? (Integer) KafkaRequest.within("partition", partition.getAsLong(), 0, 1 << 20)
                : null,
            timestamp.isPresent() ? (Long) timestamp.getAsLong() : null,
            key(body),
            value(body));
    headers(body, record);
    var written = kafka.producer().send(record).get();
    return JsonObject.builder()
        .put("partition", written.partition())
        .put("offset", written.offset())
        .put("timestamp", written.timestamp())
        .build();
  }

  private static byte @Nullable [] key(JsonObject body) {
    var key = body.get("key");
    return key == null || key == JsonNull.NULL ? null : utf8(key.asText());
  }

  private static byte @Nullable [] value(JsonObject body) {
    var value = body.get("value");
    var type = body.text("valueType", "json");
    if (value == null) {
      throw HttpError.badField("value", "is missing; null writes a tombstone");
    }
    if (value == JsonNull.NULL) {
      return null;
    }
    return switch (type) {
      case "json" -> utf8(value.toString());
      case "text" -> utf8(value.asText());
      case "binary" -> binary(value.asText());
      default ->
          throw HttpError.badField(
              "valueType", "is '%s', not json, text or binary".formatted(type));
    };
  }

  static byte[] binary(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw HttpError.badField("value", "is not Base64: " + e.getMessage());
    }
  }

  private static void headers(JsonObject body, ProducerRecord<byte[], byte[]> record) {
    if (!(body.get("headers") instanceof JsonArray headers)) {
      return;
    }
    for (var each : headers.values()) {
      if (!(each instanceof JsonObject header) || header.text("key", "").isEmpty()) {
        throw HttpError.badField(
            "headers", "holds %s, not {\"key\": …, \"value\": …}".formatted(each));
      }
      var value = header.get("value");
      boolean isNull = value == null || value instanceof JsonNull;
      record
          .headers()
          .add(
              new RecordHeader(
                  header.text("key", ""),
                  isNull || value == null ? new byte[0] : utf8(value.asText())));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
