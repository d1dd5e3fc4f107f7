package io.millrace.engine.pipeline;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.RuleMessage;
import java.nio.ByteBuffer;
import java.util.UUID;

/// A time at which a rule node wants to be asked again, with a message; `docs/formats/outbox.md`
/// draws its row.
///
/// @param dueMs milliseconds since 1970
/// @param id tells timers of the same moment apart
record Timer(long dueMs, UUID id, CallFrame frame, RuleMessage message) {
  /// The first key of all that are due at `ms` or later.
  static byte[] keyFrom(long ms) {
    return key(ms, CallFrame.START);
  }

  /// Whether it is a message that its queue tries again.
  boolean isRetry() {
    return frame.nodeId().equals(CallFrame.START);
  }

  byte[] key() {
    return key(dueMs, id);
  }

  byte[] value() {
    return Json.bytes(
        JsonObject.builder()
            .put("frame", frame.toJson())
            .put("message", StoredMessage.json(message))
            .build());
  }

  /// @throws RuntimeException when the row is damaged
  static Timer read(byte[] key, byte[] value) {
    var place = ByteBuffer.wrap(key);
    var row = StoredMessage.object(Json.parse(value));
    return new Timer(
        place.getLong(),
        new UUID(place.getLong(), place.getLong()),
        CallFrame.read(StoredMessage.object(row.get("frame"))),
        StoredMessage.read(StoredMessage.object(row.get("message"))));
  }

  private static byte[] key(long ms, UUID id) {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(Math.max(ms, 0)) // keys compare as unsigned bytes
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
