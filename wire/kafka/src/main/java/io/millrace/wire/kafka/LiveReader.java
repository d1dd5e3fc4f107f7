package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.wire.http.HttpError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a topic for one live view until the page goes, the topic goes or the caller's session
/// ends. Runs on a virtual thread of its own; holds one batch at a time, however long it runs.
final class LiveReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LiveReader.class);
  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final KafkaConnection kafka;
  private final Clock clock;
  private final String topic;
  private final boolean isFromEarliest;
  private final LiveView view;
  private final LiveOutput output;
  private final BooleanSupplier mayGoOn;
  private Uuid topicId = Uuid.ZERO_UUID;
  private int partitions;
  private long lastCheck;
  private long lastFrame;

  LiveReader(
      KafkaConnection kafka,
      Clock clock,
      String topic,
      boolean isFromEarliest,
      LiveView view,
      LiveOutput output,
      BooleanSupplier mayGoOn) {
    this.kafka = kafka;
    this.clock = clock;
    this.topic = topic;
    this.isFromEarliest = isFromEarliest;
    this.view = view;
    this.output = output;
    this.mayGoOn = mayGoOn;
  }

  @Override
  public void run() {
    try (var consumer = consumer()) {
      check(consumer);
      output.send(view.frame(List.of())); // says that it has begun
      lastFrame = clock.nanos();
      while (!output.isClosed()) {
        step(consumer);
      }
    } catch (HttpError | KafkaUnavailableException e) {
      output.end(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      output.end("Millrace is stopping");
    } catch (KafkaException | ExecutionException e) {
      output.end(String.valueOf(KafkaFailures.error(topic, KafkaTrouble.cause(e)).getMessage()));
    } catch (RuntimeException e) {
      log.error("A live view of {} failed", topic, e);
      output.end("Internal error; the log of the server says more");
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return kafka.consumer(
        "",
        Map.of(
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            1 << 20,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            2 << 20,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            isFromEarliest ? "earliest" : "latest"));
  }

  private void step(Consumer<byte[], byte[]> consumer)
      throws InterruptedException, ExecutionException {
    long begun = clock.nanos();
    var records = consumer.poll(Duration.ofNanos(BATCH_NANOS));
    boolean mayWrite = !output.isPaused() && output.isReady();
    var picked = view.take(records, mayWrite);
    long now = clock.nanos();
    if (!picked.isEmpty()
        || (view.hasNews() && output.isReady() && now - lastFrame > 1_000_000_000L)) {
      output.send(view.frame(picked));
      lastFrame = now;
    } else if (now - lastFrame > KEEP_ALIVE_NANOS) {
      output.keepAlive();
      lastFrame = now;
    }
    if (now - lastCheck > CHECK_NANOS) {
      check(consumer);
    }
    long rest = BATCH_NANOS - (clock.nanos() - begun);
    if (rest > 0 && !records.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(rest);
    }
  }

  /// Is the topic still the one that was asked for, has it more partitions, is the caller still
  /// welcome? While Kafka is away there is nothing to check.
  private void check(Consumer<byte[], byte[]> consumer)
      throws InterruptedException, ExecutionException {
    lastCheck = clock.nanos();
    if (!mayGoOn.getAsBoolean()) {
      throw HttpError.unauthorized("The session has ended; sign in again");
    }
    if (partitions > 0 && !kafka.health().isUp()) {
      return;
    }
    try {
      var found =
          kafka.admin().describeTopics(List.of(topic)).allTopicNames().get(5, TimeUnit.SECONDS);
      var described = found.get(topic);
      if (described == null) {
        throw KafkaFailures.missing(topic);
      }
      if (partitions > 0 && !described.topicId().equals(topicId)) {
        throw HttpError.notFound(
            "Topic '%s' was deleted and made again; open it anew".formatted(topic));
      }
      topicId = described.topicId();
      widen(consumer, described.partitions().size());
    } catch (ExecutionException e) {
      gone(e);
    } catch (TimeoutException | KafkaUnavailableException e) {
      if (partitions == 0) {
        throw new KafkaUnavailableException("Kafka did not answer in time; try again");
      }
    }
  }

  private void gone(ExecutionException e) throws ExecutionException {
    if (e.getCause() instanceof UnknownTopicOrPartitionException && partitions > 0) {
      throw HttpError.notFound("Topic '%s' was deleted".formatted(topic));
    }
    if (partitions == 0
        || !(e.getCause() instanceof org.apache.kafka.common.errors.RetriableException)) {
      throw e;
    }
  }

  private void widen(Consumer<byte[], byte[]> consumer, int wanted) {
    if (wanted == partitions) {
      return;
    }
    var all =
        java.util.stream.IntStream.range(0, wanted)
            .mapToObj(p -> new TopicPartition(topic, p))
            .toList();
    var added = all.subList(partitions, wanted);
    consumer.assign(all);
    if (isFromEarliest || partitions > 0) {
      consumer.seekToBeginning(added); // of a new partition nothing may be missed
    } else {
      consumer.seekToEnd(added);
      added.forEach(consumer::position); // now, not at the first poll
    }
    partitions = wanted;
  }
}
