package io.millrace.store.messages;

import java.nio.ByteBuffer;
import java.util.UUID;

/// Keys of the log's families: time first, so that dropping the oldest is one range.
final class Keys {
  /// The index says in which stretch of this length a device sent anything.
  static final long BUCKET_MS = 10_000;

  static final long HOUR_MS = 3_600_000;

  private Keys() {}

  static byte[] message(long time, int lane, long sequence) {
    return ByteBuffer.allocate(16)
        .putLong(time)
        .putShort((short) lane)
        .putShort((short) (sequence >>> 32))
        .putInt((int) sequence)
        .array();
  }

  static byte[] publish(long time, long sequence) {
    return ByteBuffer.allocate(16).putLong(time).putLong(sequence).array();
  }

  /// The first key of that time.
  static byte[] from(long time) {
    return ByteBuffer.allocate(8).putLong(Math.max(0, time)).array();
  }

  static byte[] end() {
    return new byte[] {(byte) 0xff};
  }

  static long time(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static long sequence(byte[] publishKey) {
    return ByteBuffer.wrap(publishKey).getLong(8);
  }

  static long bucket(long time) {
    return time / BUCKET_MS;
  }

  /// Hour, originator, bucket.
  static byte[] index(long bucket, UUID originator) {
    return ByteBuffer.allocate(28)
        .putInt((int) (bucket * BUCKET_MS / HOUR_MS))
        .putLong(originator.getMostSignificantBits())
        .putLong(originator.getLeastSignificantBits())
        .putLong(bucket)
        .array();
  }

  static byte[] index(int hour, UUID originator) {
    return ByteBuffer.allocate(20)
        .putInt(hour)
        .putLong(originator.getMostSignificantBits())
        .putLong(originator.getLeastSignificantBits())
        .array();
  }

  static byte[] indexFrom(long time) {
    return ByteBuffer.allocate(4).putInt((int) (Math.max(0, time) / HOUR_MS)).array();
  }

  static long bucketOf(byte[] indexKey) {
    return ByteBuffer.wrap(indexKey).getLong(20);
  }
}
