package io.millrace.store.timeseries;

import java.util.Arrays;

/// Bytes that grow. Whole numbers take 1 to 10 bytes: 7 bits each, low bits first.
final class Output {
  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  void put(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void putUnsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putSigned(long value) {
    putUnsigned(zigzag(value));
  }

  void putFixed(long value, int length) {
    room(length);
    for (int i = length - 1; i >= 0; i--) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  void put(byte[] more) {
    put(more, more.length);
  }

  void put(Output other) {
    put(other.bytes, other.size);
  }

  private void put(byte[] more, int length) {
    room(length);
    System.arraycopy(more, 0, bytes, size, length);
    size += length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
