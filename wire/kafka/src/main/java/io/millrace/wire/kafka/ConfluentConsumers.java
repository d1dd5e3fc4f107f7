package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.access.Caller;
import io.millrace.wire.http.HttpError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// `/consumers/…`: consumer instances that plain HTTP clients make, read with and delete; the idle
/// ones are closed.
final class ConfluentConsumers implements AutoCloseable {
  private static final String INSTANCE = "/consumers/:group/instances/:instance";
  private static final int TIMEOUT_MS_MAX = 30_000;

  private record Key(String group, String instance) {}

  private final KafkaConnection kafka;
  private final ApiConfig config;
  private final Clock clock;
  private final Map<Key, ConfluentInstance> instances = new ConcurrentHashMap<>();
  private final Scheduler.Cancel sweeping;

  ConfluentConsumers(KafkaConnection kafka, ApiConfig config, Clock clock, Scheduler scheduler) {
    this.kafka = kafka;
    this.config = config;
    this.clock = clock;
    sweeping =
        scheduler.every(
            Duration.ofSeconds(10),
            () -> Threads.platform("kafka-instances", this::closeIdle).start());
  }

  void routes(ConfluentRoutes routes) {
    routes.post("/consumers/:group", this::create);
    routes.delete(INSTANCE, this::delete);
    routes.post(INSTANCE + "/subscription", this::subscribe);
    routes.get(
        INSTANCE + "/subscription",
        request -> use(request, c -> JsonObject.of("topics", texts(c.subscription()))));
    routes.delete(INSTANCE + "/subscription", request -> run(request, Consumer::unsubscribe));
    routes.post(
        INSTANCE + "/assignments",
        request -> run(request, c -> c.assign(partitions(request, "partitions"))));
    routes.get(
        INSTANCE + "/assignments",
        request -> use(request, c -> JsonObject.of("partitions", json(c.assignment()))));
    routes.get(INSTANCE + "/records", this::records);
    routes.post(INSTANCE + "/offsets", this::commit);
    routes.get(INSTANCE + "/offsets", this::committed);
    routes.post(INSTANCE + "/positions", this::seek);
    routes.post(
        INSTANCE + "/positions/beginning",
        request -> run(request, c -> c.seekToBeginning(partitions(request, "partitions"))));
    routes.post(
        INSTANCE + "/positions/end",
        request -> run(request, c -> c.seekToEnd(partitions(request, "partitions"))));
  }

  private JsonValue create(KafkaRequest request) {
    var body = request.hasBody() ? request.body() : JsonObject.EMPTY;
    var group = request.path("group");
    var format = body.text("format", "binary");
    if (!format.equals("json") && !format.equals("binary")) {
      throw HttpError.badField("format", "is '%s', not json or binary".formatted(format));
    }
    var reset = body.text("auto.offset.reset", "latest");
    if (!reset.equals("earliest") && !reset.equals("latest")) {
      throw HttpError.badField(
          "auto.offset.reset", "is '%s', not earliest or latest".formatted(reset));
    }
    if (instances.size() >= config.instancesMax()) {
      throw HttpError.unavailable(
          "%d consumer instances are open (kafka.api.instancesMax); delete one"
              .formatted(config.instancesMax()));
    }
    var key = new Key(group, body.text("name", "millrace-" + UUID.randomUUID()));
    Map<String, Object> overrides = new HashMap<>();
    overrides.put("auto.offset.reset", reset);
    overrides.put(
        "enable.auto.commit", ConfluentTopics.truth(body.get("auto.commit.enable"), true));
    overrides.put("max.poll.interval.ms", (int) config.instanceTimeout().toMillis() + 60_000);
    overrides.put("max.poll.records", 1_000);
    var instance =
        new ConfluentInstance(
            tenant(), format.equals("binary"), kafka.consumer(group, overrides), clock.nanos());
    if (instances.putIfAbsent(key, instance) != null) {
      instance.close();
      throw HttpError.conflict(
          "Group '%s' has a consumer instance '%s' already".formatted(group, key.instance));
    }
    var base = request.context().request().absoluteURI().replaceFirst("\\?.*", "");
    return JsonObject.builder()
        .put("instance_id", key.instance)
        .put("base_uri", base + "/instances/" + key.instance)
        .build();
  }

  private JsonValue delete(KafkaRequest request) {
    var instance = instance(request);
    instances.remove(key(request), instance);
    instance.close();
    return JsonNull.NULL;
  }

  private JsonValue subscribe(KafkaRequest request) throws InterruptedException {
    var body = request.body();
    var pattern = body.text("topic_pattern", "");
    if (!pattern.isEmpty()) {
      try {
        var compiled = Pattern.compile(pattern);
        return run(request, consumer -> consumer.subscribe(compiled));
      } catch (PatternSyntaxException e) {
        throw HttpError.badField("topic_pattern", "is no regular expression: " + e.getMessage());
      }
    }
    if (!(body.get("topics") instanceof JsonArray topics) || topics.size() == 0) {
      throw HttpError.badField("topics", "is missing; send {\"topics\": [\"name\"]}");
    }
    var names = topics.values().stream().map(JsonValue::asText).toList();
    return run(request, consumer -> consumer.subscribe(names));
  }

  private JsonValue records(KafkaRequest request) throws InterruptedException {
    int timeoutMs = request.number("timeout", 1_000, 0, TIMEOUT_MS_MAX);
    return instance(request).records(clock.nanos(), Duration.ofMillis(timeoutMs));
  }

  /// Without a body: what was read last.
  private JsonValue commit(KafkaRequest request) throws InterruptedException {
    if (!request.hasBody()) {
      return run(request, Consumer::commitSync);
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    each(
        request,
        "offsets",
        (partition, row) -> // Confluent: the offset of the last record that was read
        offsets.put(partition, new OffsetAndMetadata(offset(row) + 1)));
    return run(request, consumer -> consumer.commitSync(offsets));
  }

  private JsonValue committed(KafkaRequest request) throws InterruptedException {
    var wanted = partitions(request, "partitions");
    return use(
        request,
        consumer -> {
          List<JsonValue> rows = new ArrayList<>();
          consumer
              .committed(java.util.Set.copyOf(wanted))
              .forEach(
                  (partition, offset) -> {
                    if (offset != null) {
                      rows.add(
                          json(partition).toBuilder()
                              .put("offset", offset.offset())
                              .put("metadata", offset.metadata())
                              .build());
                    }
                  });
          return JsonObject.of("offsets", new JsonArray(rows));
        });
  }

  private JsonValue seek(KafkaRequest request) throws InterruptedException {
    Map<TopicPartition, Long> places = new HashMap<>();
    each(request, "offsets", (partition, row) -> places.put(partition, offset(row)));
    return run(request, consumer -> places.forEach(consumer::seek));
  }

  private JsonValue run(
      KafkaRequest request, java.util.function.Consumer<Consumer<byte[], byte[]>> work)
      throws InterruptedException {
    return use(
        request,
        consumer -> {
          work.accept(consumer);
          return JsonNull.NULL;
        });
  }

  private JsonValue use(
      KafkaRequest request, java.util.function.Function<Consumer<byte[], byte[]>, JsonValue> work)
      throws InterruptedException {
    try {
      return instance(request).use(clock.nanos(), work);
    } catch (IllegalStateException | IllegalArgumentException e) { // Kafka's word for a wrong order
      throw HttpError.conflict(String.valueOf(e.getMessage()));
    }
  }

  private ConfluentInstance instance(KafkaRequest request) {
    var instance = instances.get(key(request));
    if (instance == null || !instance.isOf(tenant())) {
      throw HttpError.notFound(
          "Group '%s' has no consumer instance '%s'; make one with POST /consumers/%s (idle ones are closed after %s)"
              .formatted(
                  request.path("group"),
                  request.path("instance"),
                  request.path("group"),
                  config.instanceTimeout()));
    }
    return instance;
  }

  private static Key key(KafkaRequest request) {
    return new Key(request.path("group"), request.path("instance"));
  }

  private static String tenant() {
    return Caller.current().tenantId().toString();
  }

  private static List<TopicPartition> partitions(KafkaRequest request, String field) {
    List<TopicPartition> partitions = new ArrayList<>();
    each(request, field, (partition, _) -> partitions.add(partition));
    return partitions;
  }

  private static void each(
      KafkaRequest request, String field, BiConsumer<TopicPartition, JsonObject> action) {
    if (!(request.body().get(field) instanceof JsonArray rows)) {
      throw HttpError.badField(
          field, "is missing; send {\"%s\": [{\"topic\": …, \"partition\": …}]}".formatted(field));
    }
    for (var each : rows.values()) {
      if (!(each instanceof JsonObject row) || row.text("topic", "").isEmpty()) {
        throw HttpError.badField(field, "holds %s, not {\"topic\": …, …}".formatted(each));
      }
      var partition = KafkaRequest.number(row, "partition").orElse(0);
      action.accept(
          new TopicPartition(
              row.text("topic", ""), KafkaRequest.within("partition", partition, 0, 1 << 20)),
          row);
    }
  }

  private static long offset(JsonObject row) {
    return KafkaRequest.number(row, "offset")
        .orElseThrow(() -> HttpError.badField("offset", "is missing"));
  }

  private static JsonArray json(Iterable<TopicPartition> partitions) {
    List<JsonValue> rows = new ArrayList<>();
    partitions.forEach(partition -> rows.add(json(partition)));
    return new JsonArray(rows);
  }

  private static JsonObject json(TopicPartition partition) {
    return JsonObject.builder()
        .put("topic", partition.topic())
        .put("partition", partition.partition())
        .build();
  }

  private static JsonArray texts(Iterable<String> texts) {
    List<JsonValue> all = new ArrayList<>();
    texts.forEach(text -> all.add(new JsonString(text)));
    return new JsonArray(all);
  }

  void closeIdle() {
    long before = clock.nanos() - config.instanceTimeout().toNanos();
    instances.forEach(
        (key, instance) -> {
          if (instance.isIdleSince(before) && instances.remove(key, instance)) {
            instance.close();
          }
        });
  }

  @Override
  public void close() {
    sweeping.cancel();
    instances.values().forEach(ConfluentInstance::close);
    instances.clear();
  }
}
