package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Cursor;
import io.millrace.store.commit.Family;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// Finds the blocks of an entity, window by window.
///
/// Every (key, ts) is in one block at most. Blocks of a key follow one another in time as a rule;
/// those that were merged with late points may overlap. Any thread.
final class BlockRows {
  private final CommitStore store;

  BlockRows(CommitStore store) {
    this.store = store;
  }

  /// One block and where it is kept.
  static final class Found {
    final byte[] row;
    final Block block;

    Found(byte[] row, Block block) {
      this.row = row;
      this.block = block;
    }
  }

  /// The points of a key without those erased, at least as many as the query's limit if there are.
  Series read(EntityId entity, int keyId, RangeQuery query, List<Erasure> erasures) {
    Deque<Series> parts = new ArrayDeque<>();
    int found = 0;
    long first = Rows.window(query.fromTs());
    long last = Rows.window(query.untilTs() - 1);
    try (var rows = cursor(first, last)) {
      var windows = new Windows(rows, entity, query.order(), first, last);
      while (found < query.limit() && windows.next()) {
        var part = series(windows.blocks(), keyId, query);
        part = Erasure.applied(erasures, keyId, part);
        found += part.size();
        if (query.order() == Order.ASC) {
          parts.addLast(part);
        } else {
          parts.addFirst(part);
        }
      }
    }
    return joined(parts);
  }

  /// The blocks of an entity in one window.
  List<Found> inWindow(Cursor rows, EntityId entity, long window) {
    var windows = new Windows(rows, entity, Order.ASC, window, window);
    return windows.next() ? windows.blocks() : List.of();
  }

  /// A cursor over the blocks of all entities in these windows; close it.
  Cursor cursor(long firstWindow, long lastWindow) {
    return store.cursor(
        Family.TELEMETRY, Rows.window(firstWindow, false), Rows.window(lastWindow, true));
  }

  /// The first window from this one on that holds any blocks.
  OptionalLong windowFrom(long window) {
    long first = Math.max(window, Rows.window(Long.MIN_VALUE));
    try (var rows = cursor(first, Rows.window(Long.MAX_VALUE))) {
      return rows.first() ? OptionalLong.of(Rows.windowOf(rows.key())) : OptionalLong.empty();
    }
  }

  /// Walks the windows that hold blocks of an entity.
  Windows windows(Cursor rows, EntityId entity, long first, long last) {
    return new Windows(rows, entity, Order.ASC, first, last);
  }

  private static Series series(List<Found> blocks, int keyId, RangeQuery query) {
    int rows = 0;
    for (var found : blocks) {
      rows += found.block.has(keyId) ? found.block.rows : 0;
    }
    var whole = new Series(rows);
    for (var found : blocks) {
      var block = found.block;
      if (block.overlaps(query.fromTs(), query.untilTs())) {
        var series = block.series(keyId);
        if (series != null) {
          whole.addAll(series);
        }
      }
    }
    return whole.within(query.fromTs(), query.untilTs());
  }

  private static Series joined(Iterable<Series> parts) {
    Series whole = null;
    for (var part : parts) {
      if (whole == null) {
        whole = part;
      } else {
        whole.addAll(part);
      }
    }
    return whole == null ? new Series(0) : whole;
  }

  /// Hops from window to window of one entity, over those that hold none of its blocks.
  static final class Windows {
    private final Cursor rows;
    private final EntityId entity;
    private final Order order;
    private final long last;
    private long window;
    private boolean isDone;
    private List<Found> blocks = List.of();

    private Windows(Cursor rows, EntityId entity, Order order, long first, long last) {
      this.rows = rows;
      this.entity = entity;
      this.order = order;
      this.last = order == Order.ASC ? last : first;
      window = order == Order.ASC ? first : last;
    }

    /// To the next window that holds blocks of the entity.
    boolean next() {
      while (!isDone) {
        var prefix = Rows.blocks(window, entity);
        if (!seek(prefix)) {
          return false;
        }
        long found = Rows.windowOf(rows.key());
        if (found == window && Rows.isOf(rows.key(), prefix)) {
          blocks = taken(prefix);
          step(window);
          return true;
        }
        step(found == window ? window : before(found));
      }
      return false;
    }

    /// The blocks of the window that [#next] found, in the order of their first ts.
    List<Found> blocks() {
      return blocks;
    }

    private boolean seek(byte[] prefix) {
      return order == Order.ASC ? rows.at(prefix) : rows.before(CommitStore.after(prefix));
    }

    /// The window from which one step leads to `found`.
    private long before(long found) {
      return order == Order.ASC ? found - 1 : found + 1;
    }

    private void step(long from) {
      isDone = order == Order.ASC ? from >= last : from <= last;
      window = order == Order.ASC ? from + 1 : from - 1;
    }

    private List<Found> taken(byte[] prefix) {
      var taken = new ArrayList<Found>();
      boolean there = true;
      while (there && Rows.isOf(rows.key(), prefix)) {
        taken.add(new Found(rows.key(), decoded()));
        there = order == Order.ASC ? rows.next() : rows.previous();
      }
      return order == Order.ASC ? taken : taken.reversed();
    }

    private Block decoded() {
      try {
        return Block.decode(rows.value());
      } catch (TelemetryDamagedException e) {
        throw new TelemetryDamagedException(
            "Telemetry of %s on day %d since 1970 is damaged: %s. Restore a backup, or delete that range."
                .formatted(entity, window, e.getMessage()),
            e);
      }
    }
  }
}
