package io.millrace.engine.rules;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long visits took, counted in classes that each double the one before. Any thread, no locks.
final class Latencies {
  private static final int SHIFT = 8; // the first class: less than 256 ns
  private static final int CLASSES = 24; // the last: more than a second
  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  void add(long nanos) {
    int at = 64 - Long.numberOfLeadingZeros(Math.max(nanos, 0) >>> SHIFT);
    counts.getAndIncrement(Math.min(at, CLASSES - 1));
  }

  long count() {
    long sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  NodeFigures.Latency figures() {
    var all = new ArrayList<Long>();
    for (int i = 0; i < CLASSES; i++) {
      all.add(counts.get(i));
    }
    return new NodeFigures.Latency(1L << SHIFT, all);
  }
}
