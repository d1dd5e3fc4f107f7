package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.util.Collection;
import java.util.List;

/// Points of telemetry by entity, key and time.
///
/// One thread writes an entity, through its commit. Any thread reads, and sees what is committed.
public final class TimeseriesStore {
  private TimeseriesStore() {}

  public static TimeseriesStore open(CommitStore store) {
    throw unfinished();
  }

  /// Adds points to the commit. A point with the ts of an earlier one replaces it.
  public void save(Commit commit, EntityId entity, List<Point> points) {
    throw unfinished();
  }

  /// The newest point of each key; empty when there is none.
  public List<Point> latest(EntityId entity) {
    throw unfinished();
  }

  /// The newest points of those of `keys` that have any, in the order asked.
  public List<Point> latest(EntityId entity, Collection<String> keys) {
    throw unfinished();
  }

  /// The keys that have points, sorted.
  public List<String> keys(EntityId entity) {
    throw unfinished();
  }

  public List<Point> read(EntityId entity, RangeQuery query) {
    throw unfinished();
  }

  /// Deletes the points of `key` from `fromTs` (inclusive) to `untilTs` (exclusive); when the
  /// newest is among them, the newest of the rest becomes the latest.
  public void delete(Commit commit, EntityId entity, String key, long fromTs, long untilTs) {
    throw unfinished();
  }

  /// Deletes everything of an entity, as when it is deleted itself.
  public void deleteAll(Commit commit, EntityId entity) {
    throw unfinished();
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(ChangeListener listener) {
    throw unfinished();
  }

  private static IllegalStateException unfinished() {
    return new IllegalStateException("Not built yet");
  }
}
