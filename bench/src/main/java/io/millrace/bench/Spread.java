package io.millrace.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Several turns of one measurement.
record Spread(double median, double lowest, double highest) {

  static <T> Spread of(List<T> turns, ToDoubleFunction<T> value) {
    var sorted = turns.stream().mapToDouble(value).sorted().toArray();
    return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return String.format("%,.0f (%,.0f to %,.0f)", median, lowest, highest);
  }
}
