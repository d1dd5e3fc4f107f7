package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.Cursor;
import io.millrace.store.commit.Family;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// Makes blocks of points, together with those blocks that are there and stand in their way.
///
/// Only the sealer uses it: blocks have one writer.
final class BlockWriter {
  /// A block with so many rows is not written again for the sake of its size.
  private static final int SMALL_ROWS = Block.ROWS_MAX / 2;

  private final BlockRows rows;

  BlockWriter(BlockRows rows) {
    this.rows = rows;
  }

  /// Adds the points of an entity, by the numbers of their keys. They win over points in blocks.
  void add(Commit commit, Cursor cursor, EntityId entity, Map<Integer, Series> points) {
    byWindow(points)
        .forEach(
            (window, news) -> {
              var merged = new TreeMap<>(news);
              var present = rows.inWindow(cursor, entity, window);
              var tail = smallTail(news, present);
              for (var found : present) {
                if (tail.contains(found) || isTouched(found, news)) {
                  take(commit, found, merged);
                }
              }
              write(commit, entity, window, merged);
            });
  }

  /// Removes from the blocks of one window what the erasure covers.
  void erase(Commit commit, EntityId entity, List<BlockRows.Found> blocks, Erasure erasure) {
    for (var found : blocks) {
      if (isTouched(found.block, erasure)) {
        var rest = new TreeMap<Integer, Series>();
        take(commit, found, rest);
        rest.replaceAll((key, series) -> Erasure.applied(List.of(erasure), key, series));
        rest.values().removeIf(series -> series.size() == 0);
        write(commit, entity, Rows.windowOf(found.row), rest);
      }
    }
  }

  /// Removes the keys that the test takes from one block.
  void drop(
      Commit commit,
      byte[] row,
      byte[] bytes,
      KeyDictionary keys,
      BiPredicate<EntityId, String> isDropped) {
    var entity = Rows.entityOf(row);
    var block = Block.decode(bytes);
    var dropped = new HashSet<Integer>();
    for (int keyId : block.keyIds()) {
      if (isDropped.test(entity, keys.of(keyId).name)) {
        dropped.add(keyId);
      }
    }
    if (!dropped.isEmpty()) {
      commit.delete(Family.TELEMETRY, row);
      if (dropped.size() < block.keyIds().length) {
        var rest = block.all();
        rest.keySet().removeAll(dropped);
        write(commit, entity, Rows.windowOf(row), rest);
      }
    }
  }

  private static boolean isTouched(Block block, Erasure erasure) {
    return block.overlaps(erasure.fromTs(), erasure.untilTs())
        && (erasure.keyId() == Erasure.ALL || block.has(erasure.keyId()));
  }

  private static boolean isTouched(BlockRows.Found found, Map<Integer, Series> news) {
    var block = found.block;
    for (var entry : news.entrySet()) {
      if (block.has(entry.getKey())) {
        var series = entry.getValue();
        long last = series.ts(series.size() - 1);
        if (block.firstTs <= last && block.lastTs >= series.ts(0)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The newest blocks that are small beside what comes now: taken together they grow by doubling,
  /// so that a point is written a few times and not once per seal.
  private static Set<BlockRows.Found> smallTail(
      Map<Integer, Series> news, List<BlockRows.Found> present) {
    var tail = new HashSet<BlockRows.Found>();
    for (var entry : news.entrySet()) {
      int rows = entry.getValue().size();
      for (var found : present.reversed()) {
        if (found.block.has(entry.getKey())) {
          if (found.block.rows >= SMALL_ROWS || found.block.rows > 2 * rows) {
            break;
          }
          rows += found.block.rows;
          tail.add(found);
        }
      }
    }
    return tail;
  }

  private static void take(Commit commit, BlockRows.Found found, Map<Integer, Series> into) {
    commit.delete(Family.TELEMETRY, found.row);
    found
        .block
        .all()
        .forEach((key, old) -> into.merge(key, old, (newer, older) -> Series.merged(older, newer)));
  }

  private static Map<Long, Map<Integer, Series>> byWindow(Map<Integer, Series> points) {
    var windows = new TreeMap<Long, Map<Integer, Series>>();
    points.forEach(
        (key, series) -> {
          for (int i = 0; i < series.size(); ) {
            long window = Rows.window(series.ts(i));
            var part = series.slice(series.ts(i), Rows.end(window));
            windows.computeIfAbsent(window, _ -> new TreeMap<>()).put(key, part);
            i += part.size();
          }
        });
    return windows;
  }

  /// Keys whose points are at the same times share blocks.
  private static void write(
      Commit commit, EntityId entity, long window, Map<Integer, Series> points) {
    var groups = new LinkedHashMap<LongBuffer, List<Integer>>();
    points.forEach(
        (key, series) -> groups.computeIfAbsent(series.times(), _ -> new ArrayList<>()).add(key));
    for (var keys : groups.values()) {
      for (int from = 0; from < keys.size(); from += Block.COLUMNS_MAX) {
        var some = keys.subList(from, Math.min(from + Block.COLUMNS_MAX, keys.size()));
        writeGroup(commit, entity, window, some, some.stream().map(points::get).toList());
      }
    }
  }

  private static void writeGroup(
      Commit commit, EntityId entity, long window, List<Integer> keys, List<Series> group) {
    int size = group.getFirst().size();
    for (int from = 0; from < size; from += Block.ROWS_MAX) {
      int until = Math.min(from + Block.ROWS_MAX, size);
      var row = Rows.block(window, entity, group.getFirst().ts(from), keys.getFirst());
      commit.put(Family.TELEMETRY, row, Block.encode(keys, group, from, until));
    }
  }
}
