package io.millrace.base.model;

import java.nio.ByteBuffer;
import java.util.UUID;

/// Which entity: `{"entityType":"DEVICE","id":"…"}` in ThingsBoard's JSON.
public record EntityId(EntityType type, UUID id) {
  /// Length of [#bytes]: one byte of type, sixteen of id.
  public static final int BYTES = 17;

  public static EntityId of(EntityType type, String id) {
    return new EntityId(type, UUID.fromString(id));
  }

  /// The id as a key prefix: the type's code, then the UUID, big-endian.
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .put(type.code())
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /// Reads what [#bytes] wrote, at the buffer's position.
  public static EntityId read(ByteBuffer from) {
    return new EntityId(EntityType.of(from.get()), new UUID(from.getLong(), from.getLong()));
  }

  @Override
  public String toString() {
    return type + " " + id;
  }
}
