package io.millrace.store.timeseries;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;

/// Takes the points of one key in the order of time, whole blocks at once where it can.
interface PointSink {
  void point(long ts, JsonValue value);

  /// A point that is a whole number.
  default void whole(long ts, long value) {
    point(ts, new JsonLong(value));
  }

  /// A point that is a fraction.
  default void fraction(long ts, double value) {
    point(ts, new JsonDouble(value));
  }

  /// Whether the summary of this block says all that is needed of it.
  boolean takes(Block block, ColumnSummary summary);

  /// Instead of the points of that block, after [#takes] agreed.
  void block(Block block, ColumnSummary summary);
}
