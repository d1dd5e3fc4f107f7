package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.runtime.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of the process that reads, and of the broker that it reads from: no record is lost,
/// none takes effect twice, each device's stay in order.
///
/// Values get the server's time, so that a second effect would be a second point.
class SourceCrashIT {
  private static final int KILLS = Integer.getInteger("crash.rounds", 2);
  private static final int BROKER_KILLS = Integer.getInteger("crash.brokerRounds", 1);
  private static final int DEVICES = 7;
  private static final int PARTITIONS = 3;
  private final UUID id = UUID.randomUUID();
  private final String topic = "crash-" + id;
  private final String mapping =
      "{\"name\":\"s\",\"topicPattern\":\"%s\",\"timeFrom\":\"SERVER\"}".formatted(topic);
  private final Map<String, List<Long>> sent = new HashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong next = new AtomicLong();
  private final Queue<Exception> unsent = new ConcurrentLinkedQueue<>();
  private volatile boolean isSending = true;
  @TempDir Path directory;

  @Test
  void aKilledProcessHasStoredEveryRecordOnceWhenItIsBack() throws Exception {
    var servers = BrokerProcess.shared().servers();
    var random = new SplittableRandom(20_261_122);
    try (var sender = Threads.virtual("sender");
        var producer = producer(servers)) {
      createTopic(servers);
      send(sender, producer);
      for (int kill = 0; kill < KILLS; kill++) {
        var child = SourceProcess.start(directory, servers, id, mapping);
        try (var out = child.inputReader()) {
          long until = 1_000 + random.nextInt(4_000);
          for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (Long.parseLong(line) >= until) {
              child.toHandle().destroyForcibly(); // somewhere in the midst
              break;
            }
          }
        }
        child.waitFor();
      }
      isSending = false;
      end(sender);
      producer.flush();
    }
    try (var house = new FlowHouse(directory, servers)) {
      house.pipeline.start();
      house.source(id, mapping);
      assertEveryRecordIsStoredOnce(house);
    }
  }

  @Test
  void aKilledBrokerLosesAndDoublesNothing(@TempDir Path brokerDirectory) throws Exception {
    try (var broker = new BrokerProcess(brokerDirectory);
        var sender = Threads.virtual("sender");
        var producer = producer(broker.servers());
        var house = new FlowHouse(directory, broker.servers())) {
      createTopic(broker.servers());
      house.pipeline.start();
      house.source(id, mapping);
      send(sender, producer);
      for (int kill = 0; kill < BROKER_KILLS; kill++) {
        long before = acknowledged.get();
        await().atMost(FlowHouse.SOON).until(() -> acknowledged.get() > before + 2_000);
        broker.kill();
        broker.start();
      }
      long before = acknowledged.get();
      await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.get() > before + 1_000);
      isSending = false;
      end(sender);
      producer.flush();
      assertEveryRecordIsStoredOnce(house);
    }
  }

  private void send(ExecutorService thread, KafkaProducer<byte[], byte[]> producer) {
    thread.execute(
        () -> {
          while (isSending) {
            if (next.get() % 20 == 0 || next.get() > acknowledged.get() + 5_000) {
              LockSupport.parkNanos(2_000_000); // some thousands a second
            }
            if (next.get() <= acknowledged.get() + 5_000) {
              send(producer, next.getAndIncrement());
            }
          }
        });
  }

  private static void end(ExecutorService sender) throws InterruptedException {
    sender.shutdown();
    assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void send(KafkaProducer<byte[], byte[]> producer, long number) {
    var device = "d" + number % DEVICES;
    sent.computeIfAbsent(device, _ -> new ArrayList<>()).add(number);
    var value = FlowHouse.bytes("{\"v\":" + number + "}");
    var _ =
        producer.send(
            new ProducerRecord<>(topic, FlowHouse.bytes(device), value),
            (_, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              } else {
                unsent.add(failure);
              }
            });
  }

  private void assertEveryRecordIsStoredOnce(FlowHouse house) {
    assertThat(unsent).isEmpty();
    assertThat(acknowledged.get()).isEqualTo(next.get());
    assertThat(sent).hasSize(DEVICES);
    sent.forEach(
        (device, numbers) -> {
          house.awaitLatest(device, "v", numbers.getLast().toString());
          assertThat(house.history(device, "v").toString()).isEqualTo(numbers.toString());
        });
  }

  private void createTopic(String servers) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      admin.listOffsets(ends).all().get(); // answered by their leaders: they serve now
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "linger.ms", 5),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
