package io.millrace.store.timeseries;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Of each column of a chart the lowest and the highest point, so that no spike is lost; of values
/// that are not numbers the first and the last.
final class MinMaxSample implements PointSink {
  private final String key;
  private final long fromTs;
  private final double columnMs;
  private final List<Point> sample = new ArrayList<>();
  private int column = -1;
  private double lowest;
  private double highest;
  private @Nullable Point low;
  private @Nullable Point high;
  private @Nullable Point first;
  private @Nullable Point last;

  MinMaxSample(String key, long fromTs, long untilTs, int columns) {
    this.key = key;
    this.fromTs = fromTs;
    columnMs = Math.max(1, ((double) untilTs - (double) fromTs) / columns);
  }

  @Override
  public boolean takes(Block block, ColumnSummary summary) {
    return false; // a summary does not say when
  }

  @Override
  public void block(Block block, ColumnSummary summary) {
    throw new IllegalStateException("A sample is made of points");
  }

  @Override
  public void point(long ts, JsonValue value) {
    switch (value) {
      case JsonLong(long number) -> number(ts, (double) number, value);
      case JsonDouble(double number) -> number(ts, number, value);
      default -> {
        goTo(ts);
        last = new Point(key, ts, value);
        first = first == null ? last : first;
      }
    }
  }

  @Override
  public void fraction(long ts, double value) {
    goTo(ts);
    if (low == null || value < lowest || value > highest) { // most are neither
      number(ts, value, new JsonDouble(value));
    }
  }

  private void number(long ts, double number, JsonValue value) {
    goTo(ts);
    if (low == null || number < lowest) {
      low = new Point(key, ts, value);
      lowest = number;
    }
    if (high == null || number > highest) {
      high = new Point(key, ts, value);
      highest = number;
    }
  }

  private void goTo(long ts) {
    int at = (int) (((double) ts - (double) fromTs) / columnMs);
    if (at != column) {
      finish();
      column = at;
    }
  }

  List<Point> result() {
    finish();
    return sample;
  }

  private void finish() {
    var ends = new ArrayList<Point>(4);
    for (var point : new @Nullable Point[] {low, high, first, last}) {
      if (point != null && ends.stream().noneMatch(one -> one.ts() == point.ts())) {
        ends.add(point);
      }
    }
    ends.sort((a, b) -> Long.compare(a.ts(), b.ts()));
    sample.addAll(ends);
    low = null;
    high = null;
    first = null;
    last = null;
  }
}
