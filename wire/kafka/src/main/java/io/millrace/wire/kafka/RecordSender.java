package io.millrace.wire.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Sends records through the shared Kafka client; for parts of the house that are no Kafka room.
public final class RecordSender {
  private final KafkaConnection kafka;

  public RecordSender(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /// Hands a record to the producer, which sends it with others; any thread.
  ///
  /// @throws KafkaUnavailableException when Kafka is not up
  public void send(String topic, @Nullable String key, byte[] value) {
    var keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    var _ = kafka.producer().send(new ProducerRecord<>(topic, keyBytes, value));
  }
}
