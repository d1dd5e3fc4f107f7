package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.schemas.RegistryException;
import io.millrace.wire.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a tenant's telemetry, alarms and events from an [ExportQueue] to Kafka, each exactly once.
///
/// A batch and the place behind it go in one Kafka transaction (the place as a committed offset of
/// the group `millrace.export.<id>`); only then does the batch leave the queue. After a crash in
/// between, Kafka's word on the place counts, so nothing is sent again.
final class Export implements Flow {
  private static final Logger log = LoggerFactory.getLogger(Export.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long ANSWER_SECONDS = 15;
  private static final long CLOSE_MS = 10_000;

  /// What all exports work with.
  record Parts(
      FlowConfig.Export config,
      KafkaConnection kafka,
      ExportFeed feed,
      SchemaRegistry registry,
      Counters counters) {}

  private final Parts parts;
  private final UUID id;
  private final EntityId tenant;
  private final ExportSettings settings;
  private final ExportQueue queue;
  private final ExportFeed.Taker taker;
  private final ExportPayload payload;
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder allSent;
  private final Thread thread;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile SourceStatus.State state = SourceStatus.State.WAITING;
  private volatile String error = "";

  Export(Parts parts, UUID id, EntityId tenant, ExportSettings settings, ExportQueue queue) {
    this.parts = parts;
    this.id = id;
    this.tenant = tenant;
    this.settings = settings;
    this.queue = queue;
    this.taker = new ExportFeed.Taker(settings, queue);
    this.payload = payload(parts.registry, settings);
    this.allSent = parts.counters.count("kafka.export_records");
    this.thread = Threads.platform("kafka-export-" + settings.name(), this::run);
  }

  private static ExportPayload payload(SchemaRegistry registry, ExportSettings settings) {
    return switch (settings.format()) {
      case JSON -> ExportPayload.JSON;
      case AVRO -> {
        var place = settings.registry();
        yield new AvroExport(
            (subject, schema) -> registry.register(place, subject, schema), settings);
      }
    };
  }

  void start() {
    parts.feed.add(tenant, taker);
    thread.start();
  }

  @Override
  public JsonObject status() {
    return JsonObject.builder()
        .put("state", state.name())
        .put("error", error)
        .put("records", sent.sum())
        .put("waiting", queue.waiting())
        .put("lost", lost.sum())
        .build();
  }

  private void run() {
    while (!closing.get()) {
      try {
        bound();
        parts.kafka.awaitUp(PATIENCE);
        serve();
      } catch (InterruptedException e) {
        return;
      } catch (KafkaUnavailableException | RegistryException | KafkaException e) {
        troubled(String.valueOf(e.getMessage()));
      } catch (ExecutionException | TimeoutException e) {
        troubled("Kafka does not say how far the export is: " + e.getMessage());
      } catch (RuntimeException e) {
        log.error("The export {} begins again", settings.name(), e);
        troubled("The export stumbled and begins again: " + e);
      }
    }
  }

  private void troubled(String why) {
    if (!closing.get()) {
      if (!why.equals(error)) { // once, not once per try
        log.warn("The export {} waits: {}", settings.name(), why);
      }
      state = SourceStatus.State.TROUBLED;
      error = why;
      LockSupport.parkNanos(PATIENCE.toNanos() / 5);
    }
  }

  /// One producer's life.
  private void serve() throws InterruptedException, ExecutionException, TimeoutException {
    var producer = producer();
    try {
      producer.initTransactions(); // ends what a former run left open
      queue.isAt(placeInKafka());
      producer.partitionsFor(settings.anyTopic()); // which may make the topic
      var group = group(parts.kafka);
      state = SourceStatus.State.RUNNING;
      error = "";
      while (!closing.get()) {
        if (!send(producer, group)) {
          LockSupport.parkNanos(parts.config.linger().toNanos());
        }
      }
    } finally {
      producer.close(CLOSE_TIMEOUT); // a transaction that is open ends without effect
    }
  }

  private Producer<byte[], byte[]> producer() {
    var all = new HashMap<>(parts.kafka.clientSettings());
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group());
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, SharedClients.IN_FLIGHT);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /// Sends what waits, at most one batch.
  ///
  /// @return whether there was anything
  private boolean send(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
    var batch = queue.read(parts.config.batch());
    if (batch.records().isEmpty()) {
      return false;
    }
    producer.beginTransaction();
    for (var waiting : batch.records()) {
      var _ = producer.send(record(waiting));
    }
    producer.sendOffsetsToTransaction(Map.of(place(), new OffsetAndMetadata(batch.next())), group);
    producer.commitTransaction(); // throws what any of the sends met
    queue.remove(batch.next());
    sent.add(batch.records().size());
    allSent.add(batch.records().size());
    return true;
  }

  private ProducerRecord<byte[], byte[]> record(ExportQueue.Waiting waiting) {
    var key =
        settings.key() == ExportSettings.Key.DEVICE_ID || waiting.name().isEmpty()
            ? waiting.id().toString()
            : waiting.name();
    return new ProducerRecord<>(
        settings.topic(waiting.kind()),
        key.getBytes(StandardCharsets.UTF_8),
        payload.of(waiting.kind(), waiting.json()));
  }

  private ConsumerGroupMetadata group(KafkaConnection kafka) {
    try (var consumer = kafka.consumer(group(), Map.of())) {
      return consumer.groupMetadata();
    }
  }

  private String group() {
    return "millrace.export." + id;
  }

  private TopicPartition place() {
    return new TopicPartition(settings.anyTopic(), 0);
  }

  private long placeInKafka() throws InterruptedException, ExecutionException, TimeoutException {
    var offsets =
        parts
            .kafka
            .admin()
            .listConsumerGroupOffsets(group())
            .partitionsToOffsetAndMetadata()
            .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    return offsets.values().stream()
        .filter(offset -> offset != null)
        .mapToLong(OffsetAndMetadata::offset)
        .max()
        .orElse(0);
  }

  /// While Kafka is away the queue grows, up to a bound.
  private void bound() {
    long over = queue.waiting() - parts.config.waiting();
    if (over > 0) {
      lost.add(over);
      log.error(
          "The export {} has given up its {} oldest records: more than kafka.export.waiting={}"
              + " wait",
          settings.name(),
          over,
          parts.config.waiting());
      queue.remove(queue.place() + over);
    }
  }

  /// What waits stays for the next start.
  @Override
  public void close() {
    closing.set(true);
    parts.feed.remove(tenant, taker);
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MS);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
