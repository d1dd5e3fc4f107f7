package io.millrace.wire.kafka;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Writes records that cannot be taken to another topic: key, value and headers as they were, and
/// headers that say where each was and why.
final class DeadLetterTopic {
  static final String REASON = "millrace.reason";
  static final String TOPIC = "millrace.topic";
  static final String PARTITION = "millrace.partition";
  static final String OFFSET = "millrace.offset";
  static final String SOURCE = "millrace.source";
  static final String LEFT_OUT = "millrace.value-left-out";

  private final SourceMapping mapping;

  DeadLetterTopic(SourceMapping mapping) {
    this.mapping = mapping;
  }

  /// @param withValue false when its value was too large for the dead-letter topic
  /// @param then hears null when it is written, or what went wrong; on the producer's thread
  void write(
      Producer<byte[], byte[]> producer,
      ConsumerRecord<byte[], byte[]> poison,
      String reason,
      boolean withValue,
      Consumer<@Nullable Exception> then) {
    var _ = producer.send(letter(poison, reason, withValue), (_, failure) -> then.accept(failure));
  }

  private ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> poison, String reason, boolean withValue) {
    var headers = new RecordHeaders(poison.headers().toArray());
    add(headers, REASON, reason);
    add(headers, SOURCE, mapping.name());
    add(headers, TOPIC, poison.topic());
    add(headers, PARTITION, Integer.toString(poison.partition()));
    add(headers, OFFSET, Long.toString(poison.offset()));
    if (!withValue) {
      add(headers, LEFT_OUT, poison.serializedValueSize() + " bytes are too large for this topic");
    }
    return new ProducerRecord<>(
        mapping.deadLettersOf(poison.topic()),
        null,
        null,
        poison.key(),
        withValue ? poison.value() : null,
        headers);
  }

  private static void add(RecordHeaders headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
