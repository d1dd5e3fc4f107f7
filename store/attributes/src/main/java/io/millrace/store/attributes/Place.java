package io.millrace.store.attributes;

import io.millrace.base.json.JsonBytes;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One scope of one entity, and its rows as drawn in `docs/formats/attributes.md`.
record Place(EntityId entity, AttributeScope scope) {
  private static final int PREFIX_BYTES = EntityId.BYTES + 1;

  byte[] first() {
    return ByteBuffer.allocate(PREFIX_BYTES).put(entity.bytes()).put(code()).array();
  }

  byte[] end() {
    return CommitStore.after(first());
  }

  byte[] row(String key) {
    var name = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(PREFIX_BYTES + name.length)
        .put(entity.bytes())
        .put(code())
        .put(name)
        .array();
  }

  static byte[] value(Attribute attribute) {
    var value = JsonBytes.encode(attribute.value());
    return ByteBuffer.allocate(Long.BYTES + value.length)
        .putLong(attribute.lastUpdateTs())
        .put(value)
        .array();
  }

  static Attribute read(byte[] row, byte[] value) {
    var key = new String(row, PREFIX_BYTES, row.length - PREFIX_BYTES, StandardCharsets.UTF_8);
    return new Attribute(
        key, JsonBytes.decode(value, Long.BYTES), ByteBuffer.wrap(value).getLong());
  }

  /// Never reused, so that rows written by an older version mean the same.
  private byte code() {
    return switch (scope) {
      case CLIENT_SCOPE -> 1;
      case SHARED_SCOPE -> 2;
      case SERVER_SCOPE -> 3;
    };
  }
}
