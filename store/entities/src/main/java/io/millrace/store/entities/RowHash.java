package io.millrace.store.entities;

/// A hash of the values of one row, in their order.
final class RowHash {
  // SQLite's codes of its types; 3 is text
  static final int INTEGER = 1;
  static final int REAL = 2;
  static final int BLOB = 4;
  static final int NULL = 5;

  private static final long PRIME = 0x100000001b3L; // of FNV-1a
  private long hash = 0xcbf29ce484222325L;

  void add(long value) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      mix((int) (value >>> shift) & 0xFF);
    }
  }

  void add(byte[] value) {
    add(value.length);
    for (byte each : value) {
      mix(each & 0xFF);
    }
  }

  void addNull() {
    mix(NULL);
  }

  long result() { // spread, for sums of similar rows: the last step of MurmurHash3
    long spread = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    spread = (spread ^ (spread >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return spread ^ (spread >>> 33);
  }

  private void mix(int value) {
    hash = (hash ^ value) * PRIME;
  }
}
