package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.TopicName;
import org.jspecify.annotations.Nullable;

/// An application message inside the broker: stored once, shared by all who receive it.
///
/// @param properties those that travel on: no alias, no subscription identifier, no expiry
/// @param expiresAtMs [Long#MAX_VALUE] when it does not expire
/// @param publisher for "no local"; null when the broker itself published
/// @param receipt what waits until durable sessions have it; null when nothing does
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper would cost per message
record Message(
    TopicName topic,
    byte[] payload,
    int qos,
    boolean retain,
    Properties properties,
    long expiresAtMs,
    @Nullable Session publisher,
    @Nullable Receipt receipt) {
  static final long NEVER = Long.MAX_VALUE;

  Message(
      TopicName topic,
      byte[] payload,
      int qos,
      boolean retain,
      Properties properties,
      long expiresAtMs,
      @Nullable Session publisher) {
    this(topic, payload, qos, retain, properties, expiresAtMs, publisher, null);
  }

  /// What it counts towards limits of bytes.
  int sizeBytes() {
    return payload.length + topic.utf8().length + 64;
  }

  boolean isExpired(long nowMs) {
    return expiresAtMs != NEVER && nowMs >= expiresAtMs;
  }

  /// The same message as a retained one sees it: no publisher.
  Message asRetained() {
    return new Message(topic, payload, qos, true, properties, expiresAtMs, null);
  }
}
