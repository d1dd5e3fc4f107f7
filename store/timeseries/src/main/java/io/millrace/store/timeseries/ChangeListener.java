package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.util.List;

/// Hears of saved telemetry after its commit, on the thread that wrote it. Must not block.
@FunctionalInterface
public interface ChangeListener {
  /// These points are durable now, in the order they were saved.
  void saved(EntityId entity, List<Point> points);

  /// Points of `key` from `fromTs` (inclusive) to `untilTs` (exclusive) are gone.
  default void deleted(EntityId entity, String key, long fromTs, long untilTs) {}
}
