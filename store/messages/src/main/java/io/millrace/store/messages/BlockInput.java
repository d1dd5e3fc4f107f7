package io.millrace.store.messages;

import io.millrace.base.model.EntityId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [BlockOutput] wrote; whatever does not fit is a [DamagedBlockException].
final class BlockInput {
  private final byte[] bytes;
  private int at;

  BlockInput(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  int u8() {
    need(1);
    return bytes[at++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new DamagedBlockException("a number has no end");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  long u64() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  EntityId entity() {
    need(EntityId.BYTES);
    var from = ByteBuffer.wrap(bytes, at, EntityId.BYTES);
    at += EntityId.BYTES;
    try {
      return EntityId.read(from);
    } catch (RuntimeException e) {
      throw new DamagedBlockException("an entity of a type that does not exist");
    }
  }

  /// A count or an index below a bound.
  int below(long bound, String what) {
    long value = varint();
    if (value < 0 || value >= bound) {
      throw new DamagedBlockException("%s %d, bound %d".formatted(what, value, bound));
    }
    return (int) value;
  }

  byte[] sized() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  private int length() {
    int length = below(Integer.MAX_VALUE, "a length of");
    need(length);
    return length;
  }

  private void need(int more) {
    if (bytes.length - at < more) {
      throw new DamagedBlockException("cut off at byte " + at);
    }
  }
}
