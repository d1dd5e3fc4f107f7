package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the records of some Kafka topics over MQTT, in their order.
///
/// Kafka is told that they are read only after every durable session has them, so a crash repeats
/// some and loses none. Records that a bridge brought to Kafka are left out: no circle.
final class BridgeToMqtt implements Flow {
  private static final Logger log = LoggerFactory.getLogger(BridgeToMqtt.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STORED_SECONDS = 30;

  /// Publishes as the broker.
  interface Publisher {
    void publish(String topic, byte[] payload, int qos, boolean retain, Ack ack);
  }

  private final KafkaConnection kafka;
  private final UUID id;
  private final BridgeSettings settings;
  private final Publisher mqtt;
  private final Pattern pattern;
  private final BridgeTemplate topic;
  private final LongAdder published = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private final Thread thread;
  private volatile String error = "";
  private volatile boolean closing;

  BridgeToMqtt(KafkaConnection kafka, UUID id, BridgeSettings settings, Publisher mqtt) {
    this.kafka = kafka;
    this.id = id;
    this.settings = settings;
    this.mqtt = mqtt;
    this.pattern = Pattern.compile(settings.topicPattern());
    this.topic = new BridgeTemplate(settings.mqttTopic());
    this.thread = Threads.platform("kafka-bridge-" + settings.name(), this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      try {
        kafka.awaitUp(PATIENCE);
        serve();
      } catch (InterruptedException e) {
        return;
      } catch (KafkaUnavailableException | KafkaException e) {
        troubled(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        log.error("The bridge {} begins again", settings.name(), e);
        troubled("The bridge stumbled and begins again: " + e);
      }
    }
  }

  private void troubled(String why) {
    if (!why.equals(error)) {
      log.warn("The bridge {} waits: {}", settings.name(), why);
    }
    error = why;
    LockSupport.parkNanos(PATIENCE.toNanos() / 5);
  }

  private void serve() throws InterruptedException {
    var group = "millrace.bridge." + id;
    var own =
        Map.<String, Object>of(
            "auto.offset.reset",
            "by_duration:PT1M", // a new topic is found within seconds
            "group.instance.id",
            group, // a restart takes over at once
            "metadata.max.age.ms",
            5_000,
            "isolation.level",
            "read_committed");
    try (var consumer = kafka.consumer(group, own)) {
      consumer.subscribe(pattern);
      error = "";
      while (!closing) {
        var records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          publish(records, consumer);
        }
      }
    }
  }

  private void publish(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer)
      throws InterruptedException {
    var stored = new Stored(records.count());
    records.forEach(record -> publish(record, stored));
    if (!stored.latch.await(STORED_SECONDS, TimeUnit.SECONDS) || stored.isRefused) {
      throw new KafkaException("The MQTT broker could not store a message; reading goes back");
    }
    consumer.commitSync();
  }

  /// Waits for all of a batch.
  private static final class Stored implements Ack {
    final CountDownLatch latch;
    volatile boolean isRefused;

    Stored(int count) {
      latch = new CountDownLatch(count);
    }

    @Override
    public void done() {
      latch.countDown();
    }

    @Override
    public void refused(Refusal refusal) {
      isRefused = true;
      latch.countDown();
    }
  }

  private void publish(ConsumerRecord<byte[], byte[]> record, Ack ack) {
    var name = mqttTopic(record);
    boolean isPublishable =
        record.headers().lastHeader(BridgeToKafka.MARK) == null
            && record.value() != null
            && !name.isEmpty()
            && name.length() < 65_536
            && name.chars().noneMatch(c -> c == '+' || c == '#' || c == 0)
            && !name.startsWith("$");
    if (!isPublishable) {
      leftOut.increment();
      ack.done();
      return;
    }
    mqtt.publish(name, record.value(), settings.qos(), settings.retain(), ack);
    published.increment();
  }

  private String mqttTopic(ConsumerRecord<byte[], byte[]> record) {
    var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    var match = pattern.matcher(record.topic());
    var groups =
        match.matches()
            ? IntStream.rangeClosed(1, match.groupCount())
                .mapToObj(i -> match.group(i) == null ? "" : match.group(i))
                .toList()
            : List.<String>of();
    return topic.fill(Map.of("topic", record.topic(), "key", key), groups);
  }

  @Override
  public JsonObject status() {
    return JsonObject.builder()
        .put(
            "state",
            (error.isEmpty() ? SourceStatus.State.RUNNING : SourceStatus.State.TROUBLED).name())
        .put("error", error)
        .put("records", published.sum())
        .put("leftOut", leftOut.sum())
        .build();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
