package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Walks the points of one key in the order of time and tells a [PointSink].
///
/// A block that nothing in memory touches and no other block overlaps is offered by its header
/// first, so that its values need not be read. One thread, one use.
final class PointWalk {
  private final int keyId;
  private final long fromTs;
  private final long untilTs;
  private final Series head;
  private final List<Erasure> erasures;
  private final PointSink sink;
  private int next; // of the head's points

  /// @param head what is in memory, in the range; wins over what is in blocks
  /// @param erasures what was deleted since the blocks were made
  PointWalk(
      int keyId, long fromTs, long untilTs, Series head, List<Erasure> erasures, PointSink sink) {
    this.keyId = keyId;
    this.fromTs = fromTs;
    this.untilTs = untilTs;
    this.head = head.slice(fromTs, untilTs);
    this.erasures = erasures.stream().filter(erasure -> erasure.isOf(keyId)).toList();
    this.sink = sink;
  }

  void over(BlockRows rows, EntityId entity) {
    long first = Rows.window(fromTs);
    long last = Rows.window(untilTs - 1);
    try (var cursor = rows.cursor(first, last)) {
      for (var windows = rows.windows(cursor, entity, first, last); windows.next(); ) {
        window(windows.blocks());
      }
    }
    headUntil(Long.MAX_VALUE);
  }

  private void window(List<BlockRows.Found> found) {
    var blocks = new ArrayList<Block>(found.size());
    for (var one : found) {
      if (one.block.has(keyId) && one.block.overlaps(fromTs, untilTs)) {
        blocks.add(one.block);
      }
    }
    blocks.sort(Comparator.comparingLong(block -> block.firstTs));
    for (int i = 0; i < blocks.size(); ) {
      int end = i + 1;
      for (long lastTs = blocks.get(i).lastTs;
          end < blocks.size() && blocks.get(end).firstTs <= lastTs;
          end++) {
        lastTs = Math.max(lastTs, blocks.get(end).lastTs);
      }
      group(blocks.subList(i, end));
      i = end;
    }
  }

  /// Blocks that overlap one another, or a single one.
  private void group(List<Block> blocks) {
    var block = blocks.getFirst();
    headUntil(block.firstTs);
    var summary = blocks.size() == 1 ? block.summary(keyId) : null;
    if (summary != null && isUntouched(block) && sink.takes(block, summary)) {
      sink.block(block, summary);
    } else {
      points(blocks);
    }
  }

  private boolean isUntouched(Block block) {
    return block.firstTs >= fromTs
        && block.lastTs < untilTs
        && (next >= head.size() || head.ts(next) > block.lastTs)
        && erasures.stream().noneMatch(one -> block.overlaps(one.fromTs(), one.untilTs()));
  }

  private void points(List<Block> blocks) {
    var all = new Series(0);
    for (var block : blocks) {
      var series = block.series(keyId);
      if (series != null) {
        all.addAll(series);
      }
    }
    all = Erasure.applied(erasures, keyId, all.slice(fromTs, untilTs));
    int size = all.size();
    for (int i = 0; i < size; i++) {
      long ts = all.ts(i);
      headUntil(ts);
      if (next < head.size() && head.ts(next) == ts) {
        head.tell(next++, sink);
      } else {
        all.tell(i, sink);
      }
    }
  }

  private void headUntil(long ts) {
    for (int size = head.size(); next < size && head.ts(next) < ts; next++) {
      head.tell(next, sink);
    }
  }
}
