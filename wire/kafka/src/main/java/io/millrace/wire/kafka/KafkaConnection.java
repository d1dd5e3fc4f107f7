package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The way to Kafka, be it the broker inside this process or a cluster elsewhere.
///
/// Open it, add listeners, [#start]; everything that waits runs on a thread of its own, so that
/// the rest of Millrace is ready first and lives on without Kafka. Any thread may call.
public final class KafkaConnection implements AutoCloseable {
  private final Config config;
  private final KafkaWatch watch;

  private KafkaConnection(Config config, KafkaWatch watch) {
    this.config = config;
    this.watch = watch;
  }

  /// Nothing is opened yet.
  ///
  /// @param dataDirectory the broker inside this process keeps its files in `kafka` there
  /// @param bindAddress what the broker inside this process listens on
  public static KafkaConnection open(
      Config config, Path dataDirectory, String bindAddress, Clock clock, Counters counters) {
    var options = config.broker(dataDirectory.resolve("kafka"), bindAddress);
    return new KafkaConnection(config, new KafkaWatch(config, options, clock, counters));
  }

  /// Begins to start or look for Kafka, in the background.
  public void start() {
    watch.start();
  }

  public KafkaHealth health() {
    return watch.health();
  }

  /// The port of the broker inside this process, known before it is up; 0 without one.
  public int port() {
    return watch.port();
  }

  /// How long a question to Kafka may take.
  Duration requestTimeout() {
    return config.requestTimeout();
  }

  /// Told at once how it stands and then of every change, on the watching thread; must not block
  /// for long.
  public void onChange(Consumer<KafkaHealth> listener) {
    watch.onChange(listener);
  }

  /// Waits until Kafka answers.
  ///
  /// @throws KafkaUnavailableException when it does not within `wait`
  public void awaitUp(Duration wait) throws InterruptedException {
    watch.awaitUp(wait);
  }

  /// Where Kafka is and how to log in, for a client of one's own.
  ///
  /// @throws KafkaUnavailableException when there is none, or not yet
  public Map<String, Object> clientSettings() {
    return ClientSettings.of(config, watch.servers());
  }

  /// The one producer that everybody shares: idempotent, all replicas acknowledge, order kept per
  /// key. Do not close it.
  ///
  /// @throws KafkaUnavailableException when Kafka is not up
  public Producer<byte[], byte[]> producer() {
    return watch.clients().producer();
  }

  /// The one administration client. Do not close it.
  ///
  /// @throws KafkaUnavailableException when Kafka is not up
  public Admin admin() {
    return watch.clients().admin();
  }

  /// A consumer of the caller's own, to be used by one thread at a time and closed.
  ///
  /// Offsets are committed by hand unless `overrides` say otherwise.
  ///
  /// @param groupId empty for a consumer outside of any group, which assigns its partitions
  /// @throws KafkaUnavailableException when there is no Kafka, or not yet; one that was there
  ///     before and is away is waited for by the consumer itself
  public org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer(
      String groupId, Map<String, Object> overrides) {
    Map<String, Object> settings = new HashMap<>(clientSettings());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) config.requestTimeout().toMillis());
    if (!groupId.isEmpty()) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    }
    settings.putAll(overrides);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// Sends what waits, closes the shared clients, stops the broker inside this process.
  @Override
  public void close() {
    watch.close();
  }
}
