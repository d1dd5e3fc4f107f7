package io.millrace.store.timeseries;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// What a block's header says of a column, so that aggregates need not read the values.
///
/// Only columns of one kind have one: numbers that are all whole, numbers that all are not, or
/// values that are only counted. Drawn in `docs/formats/telemetry-blocks.md`.
sealed interface ColumnSummary {
  /// Whether no number is less than the one before: a counter without a restart.
  boolean neverFalls();

  record Wholes(long min, long max, long sum, boolean neverFalls) implements ColumnSummary {}

  record Fractions(double min, double max, double sum, boolean neverFalls)
      implements ColumnSummary {}

  record Counted() implements ColumnSummary {
    @Override
    public boolean neverFalls() {
      return false;
    }
  }

  /// Shorter columns are read as fast as a summary is, and would grow by it.
  int ROWS_MIN = 64;

  int NONE = 0;
  int WHOLES = 1;
  int FRACTIONS = 2;
  int COUNTED = 3;
  int NEVER_FALLS = 0x10;

  static @Nullable ColumnSummary of(Values values, int count) {
    if (count < ROWS_MIN) {
      return null;
    }
    return switch (values.kind()) {
      case NONE -> null;
      case WHOLES -> wholes(values.bits(0, count));
      case FRACTIONS -> fractions(values.bits(0, count));
      case BOOLEANS -> new Counted();
      case MIXED -> counted(values.boxed(0, count));
    };
  }

  private static @Nullable ColumnSummary wholes(long[] values) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long sum = 0;
    long before = Long.MIN_VALUE;
    boolean neverFalls = true;
    for (long value : values) {
      long total = sum + value;
      if (((sum ^ total) & (value ^ total)) < 0) {
        return null; // does not fit; whoever adds it up sees that by himself
      }
      sum = total;
      min = Math.min(min, value);
      max = Math.max(max, value);
      neverFalls &= value >= before;
      before = value;
    }
    return new Wholes(min, max, sum, neverFalls);
  }

  private static @Nullable ColumnSummary fractions(long[] bits) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double before = Double.NEGATIVE_INFINITY;
    boolean neverFalls = true;
    for (long each : bits) {
      double value = Double.longBitsToDouble(each);
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      neverFalls &= value >= before;
      before = value;
    }
    return Double.isFinite(sum) ? new Fractions(min, max, sum, neverFalls) : null;
  }

  private static @Nullable ColumnSummary counted(JsonValue[] values) {
    for (var each : values) {
      if (each instanceof JsonLong || each instanceof JsonDouble || each instanceof JsonString) {
        return null;
      }
    }
    return new Counted();
  }

  static void write(@Nullable ColumnSummary summary, Output out) {
    int rising = summary != null && summary.neverFalls() ? NEVER_FALLS : 0;
    switch (summary) {
      case null -> out.put(NONE);
      case Wholes(long min, long max, long sum, boolean _) -> {
        out.put(WHOLES | rising);
        out.putSigned(min);
        out.putSigned(max);
        out.putSigned(sum);
      }
      case Fractions(double min, double max, double sum, boolean _) -> {
        out.put(FRACTIONS | rising);
        out.putFixed(Double.doubleToRawLongBits(min), Long.BYTES);
        out.putFixed(Double.doubleToRawLongBits(max), Long.BYTES);
        out.putFixed(Double.doubleToRawLongBits(sum), Long.BYTES);
      }
      case Counted() -> out.put(COUNTED);
    }
  }

  static @Nullable ColumnSummary read(Input in) {
    int kind = in.get();
    boolean neverFalls = (kind & NEVER_FALLS) != 0;
    return switch (kind & ~NEVER_FALLS) {
      case NONE -> null;
      case WHOLES -> new Wholes(in.signed(), in.signed(), in.signed(), neverFalls);
      case FRACTIONS -> new Fractions(number(in), number(in), number(in), neverFalls);
      case COUNTED -> new Counted();
      default -> throw new TelemetryDamagedException("A summary of unknown kind " + kind);
    };
  }

  private static double number(Input in) {
    double number = Double.longBitsToDouble(in.fixed(Long.BYTES));
    if (!Double.isFinite(number)) {
      throw new TelemetryDamagedException("A summary that is not a number");
    }
    return number;
  }
}
