package io.millrace.wire.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The administration client and the producer that all of the process shares; the producer is
/// made when it is first asked for.
final class SharedClients implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /// Requests of a producer on the way to a broker. With more than one, the first batch to a topic
  /// that was just made may be refused (no leader yet) and the second taken; the broker then
  /// refuses the first as out of order until its delivery timeout ends.
  static final int IN_FLIGHT = 1;

  private final Config config;
  private final Map<String, Object> settings;
  private final Admin admin;
  private @Nullable Producer<byte[], byte[]> producer; // guarded by this

  SharedClients(Config config, Map<String, Object> settings) {
    this.config = config;
    this.settings = settings;
    Map<String, Object> own = new HashMap<>(settings);
    int timeoutMs = (int) config.requestTimeout().toMillis();
    own.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1_000, timeoutMs / 2));
    own.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    admin = Admin.create(own);
  }

  Admin admin() {
    return admin;
  }

  synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  /// Not compressed: some clients (kafkajs) read gzip only.
  private Map<String, Object> producerSettings() {
    Map<String, Object> own = new HashMap<>(settings);
    own.put(ProducerConfig.ACKS_CONFIG, "all");
    own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    own.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, IN_FLIGHT);
    own.put(ProducerConfig.LINGER_MS_CONFIG, config.linger().toMillis());
    own.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.sendBufferBytes());
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.recordBytesMax());
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.requestTimeout().toMillis());
    long delivery = config.deliveryTimeout().toMillis();
    long request = Math.min(30_000, Math.max(1_000, delivery - config.linger().toMillis() - 1));
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) request);
    own.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        (int) Math.max(delivery, request + config.linger().toMillis()));
    return own;
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> last;
    synchronized (this) {
      last = producer;
      producer = null;
    }
    if (last != null) {
      last.close(CLOSE_TIMEOUT);
    }
    admin.close(CLOSE_TIMEOUT);
  }
}
