package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.codec.Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends MQTT messages of some topics to Kafka as well; their senders are acknowledged after all
/// of Kafka's replicas have them.
///
/// Event loops offer, one thread sends in that order. While Kafka is away messages wait, up to
/// `kafka.bridge.inFlight`; then QoS 0 is dropped and counted, QoS 1 and 2 are refused.
final class BridgeToKafka implements Flow {
  /// Marks records of a bridge, which no bridge takes back.
  static final String MARK = "millrace.bridge";

  static final String TOPIC = "mqtt.topic";
  private static final Logger log = LoggerFactory.getLogger(BridgeToKafka.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// A message with its sender's right to an answer.
  private record Waiting(ProducerRecord<byte[], byte[]> record, int qos, Ack ack) {}

  private final KafkaConnection kafka;
  private final BridgeSettings settings;
  private final BridgeFilter filter;
  private final BridgeTemplate topic;
  private final BridgeTemplate key;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder allDropped;
  private final int max;
  private final Thread thread;
  private volatile String error = "";
  private volatile boolean closing;

  BridgeToKafka(
      FlowConfig.Bridge config, KafkaConnection kafka, BridgeSettings settings, Counters counters) {
    this.kafka = kafka;
    this.settings = settings;
    this.filter = BridgeFilter.of(settings.topicFilter());
    this.topic = new BridgeTemplate(settings.kafkaTopic());
    this.key = new BridgeTemplate(settings.key());
    this.max = config.inFlight();
    this.room = new Semaphore(max);
    this.allDropped = counters.count("kafka.bridge_dropped_qos0");
    this.thread = Threads.platform("kafka-bridge-" + settings.name(), this::run);
  }

  void start() {
    thread.start();
  }

  boolean takes(String mqttTopic) {
    return filter.match(mqttTopic).isPresent();
  }

  /// On an event loop: never blocks.
  void offer(Client client, Publish publish, Ack ack) {
    if (closing || !room.tryAcquire()) {
      refuse(publish.qos(), ack);
      return;
    }
    queue.add(new Waiting(record(client, publish), publish.qos(), ack)); // room bounds it
  }

  private void refuse(int qos, Ack ack) {
    if (qos == 0) {
      dropped.increment();
      allDropped.increment();
      ack.done();
    } else {
      ack.refused(
          new Refusal(
              Refusal.Kind.OVER_LIMIT,
              "%d messages of the bridge %s wait for Kafka (kafka.bridge.inFlight); send it again later"
                  .formatted(max, settings.name())));
    }
  }

  private ProducerRecord<byte[], byte[]> record(Client client, Publish publish) {
    var mqttTopic = publish.topicText();
    var parts = filter.match(mqttTopic).orElseThrow();
    var names =
        Map.of(
            "topic", mqttTopic,
            "clientId", client.clientId(),
            "userName", client.principal().name());
    var record =
        new ProducerRecord<byte[], byte[]>(
            BridgeTemplate.asKafkaTopic(topic.fill(names, parts)),
            bytes(key.fill(names, parts)),
            publish.payload());
    record.headers().add(MARK, bytes(settings.name())).add(TOPIC, bytes(mqttTopic));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void run() {
    try {
      while (!closing) {
        send(queue.take());
      }
    } catch (InterruptedException closingNow) {
      log.debug("The bridge {} ends", settings.name());
    }
    var rest = new ArrayList<Waiting>();
    queue.drainTo(rest);
    rest.forEach(waiting -> ended(waiting, "Millrace is stopping; send the message again"));
  }

  /// Waits for Kafka as long as it takes: the order is the senders'.
  private void send(Waiting waiting) throws InterruptedException {
    while (true) {
      try {
        kafka.awaitUp(PATIENCE);
        var _ = kafka.producer().send(waiting.record, (_, failure) -> told(waiting, failure));
        error = "";
        return;
      } catch (KafkaUnavailableException away) {
        error = String.valueOf(away.getMessage());
        if (closing) {
          ended(waiting, "Millrace is stopping; send the message again");
          return;
        }
      } catch (KafkaException | IllegalStateException refused) {
        ended(waiting, "Kafka refuses: " + refused.getMessage());
        return;
      }
    }
  }

  private void told(Waiting waiting, @Nullable Exception failure) {
    if (failure == null) {
      sent.increment();
      room.release();
      waiting.ack.done();
    } else {
      ended(waiting, "Kafka has not taken it: " + failure.getMessage());
    }
  }

  private void ended(Waiting waiting, String why) {
    error = why;
    room.release();
    waiting.ack.refused(new Refusal(Refusal.Kind.UNAVAILABLE, why));
  }

  @Override
  public JsonObject status() {
    return JsonObject.builder()
        .put(
            "state",
            (error.isEmpty() ? SourceStatus.State.RUNNING : SourceStatus.State.TROUBLED).name())
        .put("error", error)
        .put("records", sent.sum())
        .put("waiting", max - room.availablePermits())
        .put("dropped", dropped.sum())
        .build();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
