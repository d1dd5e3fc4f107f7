package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/// Remembers recent topic names, so that a topic that comes again is neither checked nor decoded.
///
/// A direct-mapped table: a newer name takes the place of an older one with the same slot. Bounded
/// by its size times the longest name kept. One thread.
public final class TopicNames {
  private static final int LONGEST_KEPT = 256;
  private final @Nullable TopicName[] table;
  private final int mask;

  /// Makes an empty table.
  ///
  /// @param slots a power of two
  public TopicNames(int slots) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException(slots + " slots; must be a power of two");
    }
    table = new @Nullable TopicName[slots];
    mask = slots - 1;
  }

  TopicName name(ByteBuf bytes, int from, int length) {
    if (length == 0) {
      return TopicName.EMPTY; // a topic alias may stand in for it
    }
    if (length > LONGEST_KEPT) {
      return TopicName.of(ByteBufUtil.getBytes(bytes, from, length));
    }
    int slot = hash(bytes, from, length) & mask;
    var known = table[slot];
    if (known != null && same(known.utf8(), bytes, from, length)) {
      return known;
    }
    var name = TopicName.of(ByteBufUtil.getBytes(bytes, from, length));
    table[slot] = name;
    return name;
  }

  /// Hot path: eight bytes at a time.
  private static int hash(ByteBuf bytes, int from, int length) {
    long h = length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      h = (h ^ bytes.getLongLE(from + i)) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 32;
    }
    for (; i < length; i++) {
      h = (h ^ bytes.getByte(from + i)) * 0x9E3779B97F4A7C15L;
    }
    h ^= h >>> 32;
    return (int) (h ^ (h >>> 15));
  }

  private static boolean same(byte[] known, ByteBuf bytes, int from, int length) {
    if (known.length != length) {
      return false;
    }
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if (Longs.littleEndian(known, i) != bytes.getLongLE(from + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (known[i] != bytes.getByte(from + i)) {
        return false;
      }
    }
    return true;
  }
}
