package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.EntityStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The queues as they are stored, in ThingsBoard's JSON. A device's is that which its profile
/// names; everything else comes by `Main`.
public final class StoredQueues implements Queues {
  /// Where a profile's data names its queue.
  public static final String QUEUE_OF_PROFILE = "defaultQueueName";

  private final EntityStore entities;

  public StoredQueues(EntityStore entities) {
    this.entities = entities;
  }

  /// Makes ThingsBoard's three queues where there are none yet.
  public void furnish() {
    var system = EntityStore.SYSTEM_TENANT;
    if (entities.queues().ofTenant(system).isEmpty()) {
      add(QueueStrategy.MAIN, "BURST", "SKIP_ALL_FAILURES", 3, 3);
      add("HighPriority", "BURST", "RETRY_FAILED_AND_TIMED_OUT", 0, 5);
      add("SequentialByOriginator", "SEQUENTIAL_BY_ORIGINATOR", "RETRY_FAILED_AND_TIMED_OUT", 3, 5);
    }
  }

  private void add(String name, String submit, String processing, int retries, int pause) {
    var details =
        JsonObject.builder()
            .put("topic", "tb_rule_engine." + name.toLowerCase(Locale.ROOT))
            .put("pollInterval", 25)
            .put("partitions", 10)
            .put("consumerPerPartition", true)
            .put("packProcessingTimeout", 2_000)
            .put(
                "submitStrategy",
                JsonObject.builder().put("type", submit).put("batchSize", 1_000).build())
            .put(
                "processingStrategy",
                JsonObject.builder()
                    .put("type", processing)
                    .put("retries", retries)
                    .put("failurePercentage", 0)
                    .put("pauseBetweenRetries", pause)
                    .put("maxPauseBetweenRetries", pause)
                    .build())
            .build();
    entities
        .queues()
        .save(
            new Document(
                entities.newId(EntityType.QUEUE),
                0,
                EntityStore.SYSTEM_TENANT,
                name,
                name,
                details,
                0));
  }

  @Override
  public QueueStrategy of(EntityId originator) {
    return stored(name(originator)).orElse(QueueStrategy.SKIP);
  }

  @Override
  public QueueStrategy named(String name, EntityId originator) {
    return stored(name).orElseGet(() -> of(originator));
  }

  private Optional<QueueStrategy> stored(String name) {
    return entities
        .queues()
        .findByAlias(EntityStore.SYSTEM_TENANT, name)
        .map(queue -> read(queue.name(), queue.details()));
  }

  private String name(EntityId originator) {
    if (originator.type() != EntityType.DEVICE) {
      return QueueStrategy.MAIN;
    }
    return entities
        .devices()
        .find(originator)
        .flatMap(device -> entities.deviceProfiles().find(device.deviceProfileId()))
        .map(DeviceProfile::profileData)
        .map(data -> data.text(QUEUE_OF_PROFILE, ""))
        .filter(name -> !name.isEmpty())
        .orElse(QueueStrategy.MAIN);
  }

  /// A queue's strategies, from ThingsBoard's JSON.
  ///
  /// @throws IllegalArgumentException naming the member that cannot be taken
  public static QueueStrategy read(String name, JsonObject queue) {
    var submit = object(queue, "submitStrategy");
    var processing = object(queue, "processingStrategy");
    var pause = Duration.ofSeconds(number(processing, "pauseBetweenRetries", 3));
    var pauseMax = Duration.ofSeconds(number(processing, "maxPauseBetweenRetries", 0));
    return new QueueStrategy(
        name,
        choice(
            QueueStrategy.Submit.class,
            "submitStrategy.type",
            submit.text("type", QueueStrategy.Submit.BURST.name())),
        choice(
            QueueStrategy.Processing.class,
            "processingStrategy.type",
            processing.text("type", QueueStrategy.Processing.SKIP_ALL_FAILURES.name())),
        (int) number(processing, "retries", 3),
        pause,
        pauseMax.compareTo(pause) > 0 ? pauseMax : pause);
  }

  private static JsonObject object(JsonObject in, String name) {
    return in.get(name) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static long number(JsonObject in, String name, long fallback) {
    var value = in.get(name);
    if (value == null || value == JsonNull.NULL) {
      return fallback;
    }
    if (value instanceof JsonLong(long number) && number >= 0 && number <= 1_000_000) {
      return number;
    }
    throw new IllegalArgumentException(
        "processingStrategy.%s=%s: give a whole number from 0 to 1000000.".formatted(name, value));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String name, String text) {
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s=%s: choose one of %s.".formatted(name, text, List.of(type.getEnumConstants())), e);
    }
  }
}
