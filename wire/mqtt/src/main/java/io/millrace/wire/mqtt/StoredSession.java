package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.TopicNames;
import org.jspecify.annotations.Nullable;

/// A durable session's own row.
///
/// @param endsAtMs [Long#MAX_VALUE] while connected
/// @param willAtMs [Long#MAX_VALUE] while connected
record StoredSession(
    long id, long expirySeconds, long endsAtMs, long willAtMs, @Nullable Will will) {

  byte[] row() {
    var out = SessionFormat.start(64);
    out.writeLong(id);
    out.writeLong(expirySeconds);
    out.writeLong(endsAtMs);
    out.writeLong(willAtMs);
    var left = will;
    out.writeBoolean(left != null);
    if (left != null) {
      out.writeLong(left.delaySeconds());
      out.writeLong(left.expirySeconds());
      var message = left.message();
      SessionFormat.write(
          new Delivery(message, message.qos(), message.retain(), Route.NO_IDENTIFIERS, null), out);
    }
    return SessionFormat.bytes(out);
  }

  static StoredSession read(byte[] value, TopicNames topics) {
    var in = SessionFormat.checked(value);
    long id = in.readLong();
    long expirySeconds = in.readLong();
    long endsAtMs = in.readLong();
    long willAtMs = in.readLong();
    Will will = null;
    if (in.readBoolean()) {
      long delay = in.readLong();
      long expiry = in.readLong();
      will = new Will(SessionFormat.readDelivery(in, topics).message, delay, expiry);
    }
    return new StoredSession(id, expirySeconds, endsAtMs, willAtMs, will);
  }
}
