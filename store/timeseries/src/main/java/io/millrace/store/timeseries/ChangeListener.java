package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.Commit;
import java.util.List;

/// Hears of saved telemetry after its commit, on the thread that wrote it. Must not block.
@FunctionalInterface
public interface ChangeListener {
  /// These points are being added to `commit`, which may still be refused: to add what must become
  /// durable with them.
  default void saving(Commit commit, EntityId entity, List<Point> points) {}

  /// These points are durable now, in the order they were saved.
  void saved(EntityId entity, List<Point> points);

  /// Points of `key` from `fromTs` (inclusive) to `untilTs` (exclusive) are gone.
  default void deleted(EntityId entity, String key, long fromTs, long untilTs) {}
}
