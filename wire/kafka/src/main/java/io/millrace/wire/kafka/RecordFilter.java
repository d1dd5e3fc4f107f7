package io.millrace.wire.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Which records a person wants to see: those with that very key, and with that text in key or
/// value (letters A to Z in either case). Looks at bytes; nothing is parsed.
final class RecordFilter {
  private final byte @Nullable [] key;
  private final byte[] contains;

  RecordFilter(@Nullable String key, String contains) {
    this.key = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    this.contains = contains.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < this.contains.length; i++) {
      this.contains[i] = lower(this.contains[i]);
    }
  }

  static RecordFilter of(KafkaRequest request) {
    return new RecordFilter(
        request.query("key").orElse(null), request.query("contains").orElse(""));
  }

  boolean isEmpty() {
    return key == null && contains.length == 0;
  }

  boolean matches(ConsumerRecord<byte[], byte[]> record) {
    return (key == null || Arrays.equals(key, record.key()))
        && (contains.length == 0 || holds(record.value()) || holds(record.key()));
  }

  private boolean holds(byte @Nullable [] text) {
    if (text == null) {
      return false;
    }
    for (int at = 0; at <= text.length - contains.length; at++) { // hot path
      int i = 0;
      while (i < contains.length && lower(text[at + i]) == contains[i]) {
        i++;
      }
      if (i == contains.length) {
        return true;
      }
    }
    return false;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}
