package io.millrace.store.timeseries;

/// Reads what [Output] wrote, and never beyond its end.
final class Input {
  private final byte[] bytes;
  private int at;
  private final int end;

  Input(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Input(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    at = from;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  int at() {
    return at;
  }

  int get() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = get();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new TelemetryDamagedException("A number of more than 10 bytes");
  }

  long signed() {
    return unzigzag(unsigned());
  }

  /// A count that cannot be more than `max`.
  int count(int max) {
    long value = unsigned();
    if (value < 0 || value > max) {
      throw new TelemetryDamagedException("A count of " + value + " where " + max + " is the most");
    }
    return (int) value;
  }

  long fixed(int length) {
    need(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (bytes[at++] & 0xFF);
    }
    return value;
  }

  byte[] get(int length) {
    need(length);
    var copy = new byte[length];
    System.arraycopy(bytes, at, copy, 0, length);
    at += length;
    return copy;
  }

  /// The next `length` bytes as an input of their own.
  Input part(int length) {
    need(length);
    at += length;
    return new Input(bytes, at - length, at);
  }

  int remaining() {
    return end - at;
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private void need(int length) {
    if (length < 0 || length > end - at) {
      throw new TelemetryDamagedException("%d bytes where %d are left".formatted(length, end - at));
    }
  }
}
