package io.millrace.wire.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers and lengths of Avro's and Protobuf's encodings; never reads beyond its end. One thread.
final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  int left() {
    return end - at;
  }

  byte next() {
    require(1);
    return bytes[at++];
  }

  /// Seven bits a byte, lowest first; ten bytes at most.
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte read = next();
      value |= (long) (read & 0x7f) << shift;
      if (read >= 0) {
        return value;
      }
    }
    throw new PoisonException("A number in the value has more than ten bytes");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  int fixed32() {
    require(4);
    int value = ByteBuffer.wrap(bytes, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    at += 4;
    return value;
  }

  long fixed64() {
    require(8);
    long value = ByteBuffer.wrap(bytes, at, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    at += 8;
    return value;
  }

  byte[] take(long length) {
    require(length);
    var taken = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return taken;
  }

  /// The next bytes as a reader of their own.
  ByteReader part(long length) {
    require(length);
    var part = new ByteReader(bytes, at, at + (int) length);
    at += (int) length;
    return part;
  }

  private void require(long length) {
    if (length < 0 || length > end - at) {
      throw new PoisonException(
          "The value ends too early: %d bytes wanted, %d left".formatted(length, end - at));
    }
  }
}
