package io.millrace.wire.mqtt;

/// The message that a client leaves behind, and how long to wait with it.
record Will(Message message, long delaySeconds, long expirySeconds) {
  static final long NO_EXPIRY = -1;

  /// The message as published at `nowMs`: its expiry counts from then.
  Message published(long nowMs) {
    long expires = expirySeconds == NO_EXPIRY ? Message.NEVER : nowMs + expirySeconds * 1000;
    return new Message(
        message.topic(),
        message.payload(),
        message.qos(),
        message.retain(),
        message.properties(),
        expires,
        message.publisher());
  }
}
