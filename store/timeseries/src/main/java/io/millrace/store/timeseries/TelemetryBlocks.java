package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Looks at stored telemetry as it lies: lists blocks, and checks all of it. For tools, on a store
/// that nobody writes to.
public final class TelemetryBlocks {
  private final CommitStore store;
  private final KeyDictionary keys;

  public TelemetryBlocks(CommitStore store) {
    this.store = store;
    keys = KeyDictionary.load(store);
  }

  /// One block.
  ///
  /// @param day since 1970
  /// @param points of all keys, when it can be read
  public record BlockView(
      EntityId entity,
      long day,
      List<String> keys,
      int rows,
      long firstTs,
      long lastTs,
      int bytes,
      List<Point> points) {}

  /// What a check came to.
  public record Checked(long blocks, long points, long latestRows, long logRecords, long faults) {}

  /// All blocks, or those of one entity, in the order they lie; with their points when asked.
  public void list(EntityId only, boolean withPoints, Consumer<BlockView> taker) {
    each(
        (row, bytes) -> {
          var entity = Rows.entityOf(row);
          if (entity.equals(only)) {
            taker.accept(info(entity, row, bytes, withPoints));
          }
        });
  }

  /// All blocks in the order they lie; with their points when asked.
  public void list(boolean withPoints, Consumer<BlockView> taker) {
    each((row, bytes) -> taker.accept(info(Rows.entityOf(row), row, bytes, withPoints)));
  }

  /// Entities that have latest values or blocks.
  public Set<EntityId> entities() {
    var found = new LinkedHashSet<EntityId>();
    store.scan(
        Family.TELEMETRY,
        new byte[] {Rows.LATEST},
        new byte[] {Rows.LATEST + 1},
        (row, _) -> {
          found.add(EntityId.read(ByteBuffer.wrap(row, 1, EntityId.BYTES)));
          return true;
        });
    each((row, _) -> found.add(Rows.entityOf(row)));
    return found;
  }

  /// Reads everything and says of each fault where it is.
  ///
  /// @param progress told the number of blocks now and then
  public Checked check(Consumer<String> fault, Consumer<Long> progress) {
    var check = new Check(fault, progress);
    each(check::block);
    store.scan(
        Family.TELEMETRY,
        new byte[] {Rows.LATEST},
        new byte[] {Rows.LATEST + 1},
        (row, value) -> check.latest(row, value));
    store.scan(
        Family.TELEMETRY_LOG,
        LogRecord.key(0, 0),
        LogRecord.key(Long.MAX_VALUE, Long.MAX_VALUE),
        (_, value) -> check.log(value));
    return check.done();
  }

  private interface Rowwise {
    void on(byte[] row, byte[] bytes);
  }

  private void each(Rowwise taker) {
    store.scan(
        Family.TELEMETRY,
        Rows.window(Rows.window(Long.MIN_VALUE), false),
        Rows.window(Rows.window(Long.MAX_VALUE), true),
        (row, bytes) -> {
          taker.on(row, bytes);
          return true;
        });
  }

  private BlockView info(EntityId entity, byte[] row, byte[] bytes, boolean withPoints) {
    var block = Block.decode(bytes);
    var names = Arrays.stream(block.keyIds()).mapToObj(id -> keys.of(id).name).toList();
    var points = new ArrayList<Point>();
    if (withPoints) {
      block
          .all()
          .forEach(
              (id, series) -> {
                for (int i = 0; i < series.size(); i++) {
                  points.add(new Point(keys.of(id).name, series.ts(i), series.value(i)));
                }
              });
    }
    return new BlockView(
        entity,
        Rows.windowOf(row),
        names,
        block.rows,
        block.firstTs,
        block.lastTs,
        bytes.length,
        points);
  }

  /// The state of one check.
  private final class Check {
    private final Consumer<String> fault;
    private final Consumer<Long> progress;
    private final Map<EntityId, Map<Integer, Long>> newest = new HashMap<>();
    private final Map<Integer, Set<Long>> times = new HashMap<>(); // of one window
    private byte[] prefix = new byte[Rows.SERIES_BYTES];
    private long blocks;
    private long points;
    private long latestRows;
    private long logRecords;
    private long faults;

    Check(Consumer<String> fault, Consumer<Long> progress) {
      this.fault = fault;
      this.progress = progress;
    }

    void block(byte[] row, byte[] bytes) {
      if (++blocks % 10_000 == 0) {
        progress.accept(blocks);
      }
      try {
        var entity = Rows.entityOf(row);
        if (!Rows.isOf(row, prefix)) {
          prefix = Arrays.copyOf(row, Rows.SERIES_BYTES);
          times.clear();
        }
        content(entity, row, Block.decode(bytes), bytes);
      } catch (RuntimeException e) {
        found("block %s: %s".formatted(where(row), e.getMessage()));
      }
    }

    private void content(EntityId entity, byte[] row, Block block, byte[] bytes) {
      long window = Rows.windowOf(row);
      if (Rows.window(block.firstTs) != window || Rows.window(block.lastTs) != window) {
        found("block %s: points of another day".formatted(where(row)));
      }
      var all = block.all();
      var again = Block.decode(bytes);
      for (var column : all.entrySet()) {
        var series = column.getValue();
        keys.of(column.getKey());
        points += series.size();
        ascending(row, series);
        once(row, column.getKey(), series);
        summary(row, again, column.getKey(), series);
        newest
            .computeIfAbsent(entity, _ -> new HashMap<>(4))
            .merge(column.getKey(), block.lastTs, Math::max);
      }
    }

    private void once(byte[] row, int keyId, Series series) {
      var seen = times.computeIfAbsent(keyId, _ -> new HashSet<>());
      for (int i = 0; i < series.size(); i++) {
        if (!seen.add(series.ts(i))) {
          found(
              "block %s: a point of %s at %d is in two blocks"
                  .formatted(where(row), keys.of(keyId).name, series.ts(i)));
          return;
        }
      }
    }

    private void ascending(byte[] row, Series series) {
      for (int i = 1; i < series.size(); i++) {
        if (series.ts(i) <= series.ts(i - 1)) {
          found("block %s: times do not ascend".formatted(where(row)));
          return;
        }
      }
    }

    private void summary(byte[] row, Block block, int keyId, Series series) {
      var stored = block.summary(keyId);
      if (stored != null) {
        if (!stored.equals(ColumnSummary.of(series.values(), series.size()))) {
          found("block %s: the summary of %s is wrong".formatted(where(row), keys.of(keyId).name));
        }
      }
    }

    boolean latest(byte[] row, byte[] value) {
      latestRows++;
      var entity = EntityId.read(ByteBuffer.wrap(row, 1, EntityId.BYTES));
      try {
        var inBlocks = newest.getOrDefault(entity, Map.of());
        var rest = new HashMap<>(inBlocks);
        LatestRow.decode(value, keys)
            .forEach(
                (name, point) -> {
                  var key = keys.find(name);
                  var ts = key == null ? null : rest.remove(key.id);
                  if (ts != null && ts > point.ts()) {
                    found(
                        "latest value of %s of %s is older than the newest point in blocks"
                            .formatted(name, entity));
                  }
                });
        rest.keySet()
            .forEach(
                id ->
                    found(
                        "%s has points of %s but no latest value"
                            .formatted(entity, keys.of(id).name)));
      } catch (RuntimeException e) {
        found("latest values of %s: %s".formatted(entity, e.getMessage()));
      }
      return true;
    }

    boolean log(byte[] value) {
      logRecords++;
      try {
        LogRecord.decode(value, keys);
      } catch (RuntimeException e) {
        found("record %d of the telemetry log: %s".formatted(logRecords, e.getMessage()));
      }
      return true;
    }

    private void found(String what) {
      faults++;
      fault.accept(what);
    }

    Checked done() {
      return new Checked(blocks, points, latestRows, logRecords, faults);
    }

    private String where(byte[] row) {
      return "of %s, day %d since 1970".formatted(Rows.entityOf(row), Rows.windowOf(row));
    }
  }
}
