package io.millrace.engine.pipeline;

import java.nio.ByteBuffer;

/// One partition's stretch of the outbox, numbered upward in the order of its commits.
///
/// Key: 2 bytes shelf, 8 bytes number. One partition's thread.
final class Shelf {
  private static final int KEY_BYTES = Short.BYTES + Long.BYTES;
  private final int shelf;
  private long next;

  Shelf(int shelf, long next) {
    this.shelf = shelf;
    this.next = next;
  }

  int number() {
    return shelf;
  }

  long next() {
    return next++;
  }

  static byte[] key(int shelf, long number) {
    return ByteBuffer.allocate(KEY_BYTES).putShort((short) shelf).putLong(number).array();
  }

  static int shelf(byte[] key) {
    return ByteBuffer.wrap(key).getShort();
  }

  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(Short.BYTES);
  }
}
