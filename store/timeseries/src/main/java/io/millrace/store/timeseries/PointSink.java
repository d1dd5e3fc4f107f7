package io.millrace.store.timeseries;

import io.millrace.base.json.JsonValue;

/// Takes the points of one key in the order of time, whole blocks at once where it can.
interface PointSink {
  void point(long ts, JsonValue value);

  /// Whether the summary of this block says all that is needed of it.
  boolean takes(Block block, ColumnSummary summary);

  /// Instead of the points of that block, after [#takes] agreed.
  void block(Block block, ColumnSummary summary);
}
