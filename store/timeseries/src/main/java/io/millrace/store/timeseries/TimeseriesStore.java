package io.millrace.store.timeseries;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Points of telemetry by entity, key and time.
///
/// One thread writes an entity, through its commit. Any thread reads, and sees what is committed.
/// New points are in a log and in memory; from time to time the [Sealer] makes compressed blocks
/// of them. Latest values are kept in memory for the entities that somebody asked about.
public final class TimeseriesStore {
  private static final long PAUSE_NANOS = 5_000_000;

  private final CommitStore store;
  private final Limits limits;
  private final KeyDictionary keys;
  private final Heads heads;
  private final BlockRows blocks;
  private final Sealer sealer;
  private final AtomicLong nextRecord;
  private final Cache<EntityId, LatestValues> latest;
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  /// How much is kept in memory.
  ///
  /// @param latestPointsMax points kept in memory as latest values, about 100 bytes each
  /// @param headPointsMax points in memory, about 40 bytes each (series and entities count as a
  ///     few), before they are sealed; also what a start after a crash has to read again
  /// @param isSealedOnClose whether closing seals, so that the next start has nothing to read
  record Limits(long latestPointsMax, long headPointsMax, boolean isSealedOnClose) {
    static final Limits STANDARD = new Limits(300_000, 500_000, true);
  }

  private TimeseriesStore(CommitStore store, Limits limits) {
    this.store = store;
    this.limits = limits;
    keys = KeyDictionary.load(store);
    var recovery = Recovery.of(store, keys);
    heads = new Heads(recovery.epoch());
    nextRecord = new AtomicLong(recovery.nextRecord());
    blocks = new BlockRows(store);
    sealer = new Sealer(store, keys, heads, blocks);
    latest =
        Caffeine.newBuilder()
            .maximumWeight(limits.latestPointsMax)
            .weigher((EntityId _, LatestValues values) -> 1 + values.size())
            .executor(Runnable::run)
            .build();
  }

  /// Opens the telemetry in `store`, reads its log, and starts the sealer, which ends when the
  /// store is closed.
  public static TimeseriesStore open(CommitStore store) {
    return open(store, Limits.STANDARD);
  }

  static TimeseriesStore open(CommitStore store, Limits limits) {
    var opened = new TimeseriesStore(store, limits);
    opened.sealer.start();
    store.beforeClose(opened::end);
    opened.sealWhenFull(opened.heads.current());
    return opened;
  }

  /// Adds points to the commit. A point with the ts of an earlier one replaces it.
  ///
  /// @throws IllegalArgumentException when a key is empty, too long or one too many; the caller
  ///     rolls the commit back
  public void save(Commit commit, EntityId entity, List<Point> points) {
    var keyIds = new int[points.size()];
    for (int i = 0; i < keyIds.length; i++) { // hot: once per point, no iterator
      var point = points.get(i);
      check(point);
      keyIds[i] = keys.forWriting(commit, point.key()).id;
    }
    var epoch = record(commit, LogRecord.saved(entity, points, keyIds));
    uncommitted(commit).saved(entity, points);
    for (var listener : listeners) {
      listener.saving(commit, entity, points);
    }
    commit.onDurable(() -> publish(epoch, entity, points));
  }

  /// The newest point of each key, sorted by key; empty when there is none.
  public List<Point> latest(EntityId entity) {
    return latestOf(entity).all();
  }

  /// The newest points of those of `keys` that have any, in the order asked.
  public List<Point> latest(EntityId entity, Collection<String> keys) {
    return latestOf(entity).of(keys);
  }

  /// The latest values as a message in this commit sees them: with all that the commit adds.
  public List<Point> latest(Commit commit, EntityId entity, Collection<String> keys) {
    var changed = uncommitted(commit);
    if (!changed.isOf(entity)) {
      return latest(entity, keys);
    }
    Uncommitted.Committed committed =
        (key, untilTs) -> read(entity, RangeQuery.newest(key, Long.MIN_VALUE, untilTs, 1));
    var byKey = new HashMap<String, Point>();
    changed.over(latest(entity), entity, committed).forEach(p -> byKey.put(p.key(), p));
    return keys.stream().filter(byKey::containsKey).map(byKey::get).toList();
  }

  /// The newest points of these keys, of many entities at once; those without any are left out.
  public Map<EntityId, List<Point>> latest(
      Collection<EntityId> entities, Collection<String> wantedKeys) {
    var found = new LinkedHashMap<EntityId, List<Point>>();
    for (var entity : entities) {
      var points = wantedKeys.isEmpty() ? latest(entity) : latest(entity, wantedKeys);
      if (!points.isEmpty()) {
        found.put(entity, points);
      }
    }
    return found;
  }

  private Uncommitted uncommitted(Commit commit) {
    return commit.note(this, Uncommitted.class, Uncommitted::new);
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
    if (query.aggregation() == Aggregation.NONE) {
      return points(series(entity, key, query).cut(query.order(), query.limit()), query);
    }
    var fold = new IntervalFold(query);
    walk(entity, key, query.fromTs(), query.untilTs(), fold);
    return fold.result();
  }

  /// The points themselves as a message in this commit sees them: with all that the commit changes.
  /// For the commit's own thread, which is the only one that writes this entity.
  public List<Point> points(Commit commit, EntityId entity, RangeQuery query) {
    if (query.aggregation() != Aggregation.NONE) {
      throw new IllegalArgumentException("Aggregates of what is not committed are not made");
    }
    var committed = read(entity, query);
    var changed = uncommitted(commit);
    return changed.isOf(entity) ? changed.over(committed, entity, query) : committed;
  }

  /// Several reads of several entities, in the order asked.
  public List<List<Point>> readAll(Collection<EntityId> entities, List<RangeQuery> queries) {
    return entities.stream()
        .flatMap(entity -> queries.stream().map(query -> read(entity, query)))
        .toList();
  }

  /// Points for a chart of `columns` pixels: of each column the lowest and the highest, ascending.
  public List<Point> sample(EntityId entity, String key, long fromTs, long untilTs, int columns) {
    if (columns < 1 || columns > RangeQuery.INTERVALS_MAX) {
      throw new IllegalArgumentException(
          "%d columns; a chart has 1 to %d".formatted(columns, RangeQuery.INTERVALS_MAX));
    }
    var known = keys.find(key);
    if (known == null || fromTs >= untilTs) {
      return List.of();
    }
    var sample = new MinMaxSample(key, fromTs, untilTs, columns);
    walk(entity, known, fromTs, untilTs, sample);
    return sample.result();
  }

  /// As below; a key that nobody has used has no points.
  void walk(EntityId entity, String key, long fromTs, long untilTs, PointSink sink) {
    var known = keys.find(key);
    if (known != null && fromTs < untilTs) {
      walk(entity, known, fromTs, untilTs, sink);
    }
  }

  /// Tells the sink all points of the key in the range, in the order of time.
  void walk(EntityId entity, TelemetryKey key, long fromTs, long untilTs, PointSink sink) {
    var range = RangeQuery.oldest(key.name, fromTs, untilTs, Integer.MAX_VALUE);
    var head = new Series(0);
    var erasures = new ArrayList<Erasure>();
    for (var layer : heads.of(entity)) {
      var view = layer.view(key.name, range);
      head = Series.merged(Erasure.applied(view.erasures(), key.id, head), view.series());
      erasures.addAll(view.erasures());
    }
    new PointWalk(key.id, fromTs, untilTs, head, erasures, sink).over(blocks, entity);
  }

  /// Deletes the points of `key` from `fromTs` (inclusive) to `untilTs` (exclusive); when the
  /// newest is among them, the newest of the rest becomes the latest.
  public void delete(Commit commit, EntityId entity, String key, long fromTs, long untilTs) {
    var known = keys.find(key);
    if (known == null || fromTs >= untilTs) {
      return;
    }
    keys.forWriting(commit, key);
    var erasure = new Erasure(known.id, fromTs, untilTs);
    var epoch = record(commit, LogRecord.erased(entity, erasure));
    uncommitted(commit).erased(entity, key, fromTs, untilTs);
    commit.onDurable(
        () -> {
          epoch.erase(entity, key, erasure);
          epoch.leave();
          latest.invalidate(entity);
          listeners.forEach(listener -> listener.deleted(entity, key, fromTs, untilTs));
        });
  }

  /// Deletes everything of an entity, as when it is deleted itself. Listeners are not told.
  public void deleteAll(Commit commit, EntityId entity) {
    var epoch = record(commit, LogRecord.erased(entity, Erasure.EVERYTHING));
    uncommitted(commit).erasedAll(entity);
    commit.onDurable(
        () -> {
          epoch.eraseEverything(entity);
          epoch.leave();
          latest.invalidate(entity);
        });
  }

  /// Lets old points go, by this policy and within a disk budget (0: none).
  public Retention retention(RetentionPolicy policy, long budgetBytes, Clock clock) {
    return new Retention(store, sealer, blocks, policy, budgetBytes, clock);
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(ChangeListener listener) {
    listeners.add(listener);
  }

  /// Makes blocks of all that is committed, now.
  ///
  /// @return whether that worked; if not, the log says why
  boolean seal() {
    return sealer.seal();
  }

  private static void check(Point point) {
    if (point.ts() == Long.MAX_VALUE) { // no exclusive end comes after it
      throw new IllegalArgumentException(
          "ts=%d of %s is out of range".formatted(point.ts(), point.key()));
    }
  }

  /// Puts a record into the log. Its epoch is left when the commit is settled.
  private Epoch record(Commit commit, byte[] record) {
    var epoch = heads.enter();
    var changed = uncommitted(commit);
    commit.onRefused(
        () -> {
          changed.takeBack();
          epoch.leave();
        });
    commit.put(
        Family.TELEMETRY_LOG, LogRecord.key(epoch.number, nextRecord.getAndIncrement()), record);
    return epoch;
  }

  private void publish(Epoch epoch, EntityId entity, List<Point> points) {
    epoch.add(entity, points);
    epoch.leave();
    sealWhenFull(epoch);
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

  private void sealWhenFull(Epoch epoch) {
    if (epoch.points() >= limits.headPointsMax) {
      sealer.sealSoon();
    }
    if (epoch.points() >= 2 * limits.headPointsMax) {
      // The sealer is several times as fast as writers; when it is kept waiting, slow them down.
      // Waiting for it here could wait for ever: it waits for this thread's commit.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void end() {
    sealer.close();
    if (limits.isSealedOnClose) {
      sealer.seal();
    }
  }

  private static LatestValues offered(LatestValues values, List<Point> points) {
    values.offer(points);
    return values;
  }

  private LatestValues latestOf(EntityId entity) {
    return latest.get(entity, this::load);
  }

  private LatestValues load(EntityId entity) {
    var layers = heads.of(entity); // before the row: a seal moves points from here to there
    var candidates = new ArrayList<>(LatestRow.read(store, entity, keys).values());
    layers.forEach(head -> candidates.addAll(head.newest()));
    var erasures = layers.stream().flatMap(head -> head.erasures().stream()).toList();
    var values = new LatestValues();
    for (var point : candidates) {
      boolean isSure = erasures.isEmpty() || !isErasable(point, erasures);
      values.offer(isSure ? List.of(point) : newest(entity, point.key()));
    }
    return values;
  }

  /// Whether the point, or a newer one of its key, may have been deleted since.
  private boolean isErasable(Point point, List<Erasure> erasures) {
    var key = keys.find(point.key());
    return key != null && erasures.stream().anyMatch(erasure -> erasure.isOf(key.id));
  }

  private List<Point> newest(EntityId entity, String key) {
    return read(entity, RangeQuery.newest(key, Long.MIN_VALUE, Long.MAX_VALUE, 1));
  }

  /// What blocks hold, then what each head changed of it.
  private Series series(EntityId entity, TelemetryKey key, RangeQuery query) {
    var views = heads.of(entity).stream().map(head -> head.view(query.key(), query)).toList();
    var erasures = views.stream().flatMap(view -> view.erasures().stream()).toList();
    var series = blocks.read(entity, key.id, query, erasures);
    for (var view : views) {
      series = Erasure.applied(view.erasures(), key.id, series);
      series = Series.merged(series, view.series());
    }
    return series;
  }

  private static List<Point> points(Series series, RangeQuery query) {
    int size = series.size();
    var points = new ArrayList<Point>(size);
    for (int i = 0; i < size; i++) {
      int at = query.order() == Order.ASC ? i : size - 1 - i;
      points.add(new Point(query.key(), series.ts(at), series.value(at)));
    }
    return points;
  }
}
