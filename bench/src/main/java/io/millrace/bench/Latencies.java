package io.millrace.bench;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// Times of many messages, all of them kept.
final class Latencies implements LongConsumer {
  private long[] nanos = new long[1 << 16];
  private int count;

  @Override
  public void accept(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  /// Takes another's as well.
  void addAll(Latencies other) {
    for (int i = 0; i < other.count; i++) {
      accept(other.nanos[i]);
    }
  }

  /// How many there are.
  int count() {
    return count;
  }

  /// The time that a share of all messages did not exceed, in microseconds.
  double micros(double share) {
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, (long) (count * share))] / 1000.0;
  }
}
