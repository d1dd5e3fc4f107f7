package io.millrace.store.timeseries;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.json.JsonBytes;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Points of telemetry by entity, key and time.
///
/// One thread writes an entity, through its commit. Any thread reads, and sees what is committed.
/// Latest values are kept in memory for the entities that somebody asked about.
public final class TimeseriesStore {
  /// Points kept in memory as latest values, about 100 bytes each.
  private static final long LATEST_POINTS_MAX = 300_000;

  private final CommitStore store;
  private final KeyDictionary keys;
  private final Cache<EntityId, LatestValues> latest;
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  private TimeseriesStore(CommitStore store, long latestPointsMax) {
    this.store = store;
    keys = KeyDictionary.load(store);
    latest =
        Caffeine.newBuilder()
            .maximumWeight(latestPointsMax)
            .weigher((EntityId _, LatestValues values) -> 1 + values.size())
            .executor(Runnable::run)
            .build();
  }

  public static TimeseriesStore open(CommitStore store) {
    return open(store, LATEST_POINTS_MAX);
  }

  static TimeseriesStore open(CommitStore store, long latestPointsMax) {
    return new TimeseriesStore(store, latestPointsMax);
  }

  /// Adds points to the commit. A point with the ts of an earlier one replaces it.
  ///
  /// @throws IllegalArgumentException when a key is empty, too long or one too many; the caller
  ///     rolls the commit back
  public void save(Commit commit, EntityId entity, List<Point> points) {
    var row = Rows.ofEntity(entity); // hot: one key buffer for all points, the commit copies it
    for (int i = 0; i < points.size(); i++) {
      var point = points.get(i);
      Rows.fill(row, keys.forWriting(commit, point.key()).id, point.ts());
      commit.put(Family.TELEMETRY, row, JsonBytes.encode(point.value()));
    }
    commit.onDurable(() -> publish(entity, points));
  }

  /// The newest point of each key, sorted by key; empty when there is none.
  public List<Point> latest(EntityId entity) {
    return latestOf(entity).all();
  }

  /// The newest points of those of `keys` that have any, in the order asked.
  public List<Point> latest(EntityId entity, Collection<String> keys) {
    return latestOf(entity).of(keys);
  }

  /// The keys that have points, sorted.
  public List<String> keys(EntityId entity) {
    return latest(entity).stream().map(Point::key).toList();
  }

  public List<Point> read(EntityId entity, RangeQuery query) {
    var key = keys.find(query.key());
    if (key == null || query.fromTs() >= query.untilTs()) {
      return List.of();
    }
    var from = Rows.of(entity, key.id, query.fromTs());
    var until = Rows.of(entity, key.id, query.untilTs());
    return query.aggregation() == Aggregation.NONE
        ? points(query, from, until)
        : folded(query, from, until);
  }

  /// Deletes the points of `key` from `fromTs` (inclusive) to `untilTs` (exclusive); when the
  /// newest is among them, the newest of the rest becomes the latest.
  public void delete(Commit commit, EntityId entity, String key, long fromTs, long untilTs) {
    var known = keys.find(key);
    if (known == null || fromTs >= untilTs) {
      return;
    }
    commit.deleteRange(
        Family.TELEMETRY, Rows.of(entity, known.id, fromTs), Rows.of(entity, known.id, untilTs));
    commit.onDurable(
        () -> {
          latest.invalidate(entity);
          listeners.forEach(listener -> listener.deleted(entity, key, fromTs, untilTs));
        });
  }

  /// Deletes everything of an entity, as when it is deleted itself. Listeners are not told.
  public void deleteAll(Commit commit, EntityId entity) {
    var prefix = entity.bytes();
    commit.deleteRange(Family.TELEMETRY, prefix, CommitStore.after(prefix));
    commit.onDurable(() -> latest.invalidate(entity));
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(ChangeListener listener) {
    listeners.add(listener);
  }

  private void publish(EntityId entity, List<Point> points) {
    var known = latest.getIfPresent(entity);
    if (known == null) {
      // Waits for a reader that is loading this entity now and may have missed these points.
      latest.asMap().computeIfPresent(entity, (_, loaded) -> offered(loaded, points));
    } else {
      known.offer(points);
    }
    for (var listener : listeners) {
      listener.saved(entity, points);
    }
  }

  private static LatestValues offered(LatestValues values, List<Point> points) {
    values.offer(points);
    return values;
  }

  private LatestValues latestOf(EntityId entity) {
    return latest.get(entity, this::load);
  }

  /// Hops from the last row of one key to the last row of the key before it.
  private LatestValues load(EntityId entity) {
    var values = new LatestValues();
    var prefix = entity.bytes();
    var until = CommitStore.after(prefix);
    try (var rows = store.cursor(Family.TELEMETRY, prefix, until)) {
      for (boolean found = rows.last(); found; ) {
        var row = rows.key();
        var key = keys.of(Rows.keyId(row));
        values.offer(new Point(key.name, Rows.ts(row), JsonBytes.decode(rows.value())));
        found = rows.before(Rows.of(entity, key.id, Long.MIN_VALUE));
      }
    }
    return values;
  }

  private List<Point> points(RangeQuery query, byte[] from, byte[] until) {
    var points = new ArrayList<Point>();
    CommitStore.Row add =
        (row, value) -> {
          points.add(new Point(query.key(), Rows.ts(row), JsonBytes.decode(value)));
          return points.size() < query.limit();
        };
    switch (query.order()) {
      case ASC -> store.scan(Family.TELEMETRY, from, until, add);
      case DESC -> store.scanDown(Family.TELEMETRY, from, until, add);
    }
    return points;
  }

  private List<Point> folded(RangeQuery query, byte[] from, byte[] until) {
    var fold = new IntervalFold(query);
    store.scan(
        Family.TELEMETRY,
        from,
        until,
        (row, value) -> {
          fold.add(Rows.ts(row), JsonBytes.decode(value));
          return true;
        });
    return fold.result();
  }
}
