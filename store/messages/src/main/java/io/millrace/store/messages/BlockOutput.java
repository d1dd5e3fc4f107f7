package io.millrace.store.messages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow; the numbers of `docs/formats/messages.md`. Hot path: plain loops.
final class BlockOutput {
  private byte[] bytes;
  private int size;

  BlockOutput(int room) {
    bytes = new byte[room];
  }

  int size() {
    return size;
  }

  /// Forgets what was written from there on.
  void truncate(int to) {
    size = to;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  byte[] array() {
    return bytes;
  }

  void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Small numbers of either sign take few bytes.
  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void u64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void put(byte[] from) {
    put(from, 0, from.length);
  }

  void put(byte[] from, int at, int length) {
    room(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
  }

  /// Length and bytes.
  void sized(byte[] from) {
    varint(from.length);
    put(from);
  }

  /// Length and UTF-8.
  void text(String text) {
    int length = text.length();
    if (length > 127) {
      sized(text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    room(length + 1);
    int at = size + 1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        sized(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[at++] = (byte) c;
    }
    bytes[size] = (byte) length;
    size = at;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
