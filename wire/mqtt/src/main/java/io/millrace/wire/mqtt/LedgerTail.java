package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.SessionStore.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The end of a long queue that is on disk only: where it begins, and how much it is.
final class LedgerTail {
  private static final int READ_BYTES = 262_144;

  private final ShardLedger shard;
  private final long id;
  private long from;
  private int count;
  private long sizeBytes;
  private boolean loading;

  /// An empty one.
  ///
  /// @param id of the session
  LedgerTail(ShardLedger shard, long id) {
    this.shard = shard;
    this.id = id;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /// The number of its first message.
  long from() {
    return from;
  }

  /// It begins there if it is empty.
  void beginAt(long number) {
    if (count == 0) {
      from = number;
    }
  }

  void add(Delivery delivery) {
    count++;
    sizeBytes += delivery.message.sizeBytes();
  }

  /// Grows at its front.
  void prepend(long first, int more, long bytes) {
    from = first;
    count += more;
    sizeBytes += bytes;
  }

  /// Reads its beginning, unless that is under way; `taker` gets nothing when it changed meanwhile.
  void load(Consumer<List<Delivery>> taker) {
    if (loading || count == 0) {
      return;
    }
    loading = true;
    shard.writeAll(); // what is read includes this round
    long begin = from;
    read(
        begin,
        rows -> {
          loading = false;
          taker.accept(begin == from ? loaded(rows) : List.of()); // else it grew at its front
        });
  }

  private List<Delivery> loaded(List<Put> rows) {
    var all = new ArrayList<Delivery>();
    for (var row : rows) {
      from = LedgerBlock.read(row, shard, all::add);
    }
    for (var delivery : all) {
      delivery.packetId = 0; // one reserved long ago is not its own any more
      count--;
      sizeBytes -= delivery.message.sizeBytes();
    }
    if (rows.isEmpty() || count <= 0) {
      count = 0; // rows that the disk refused are not there
      sizeBytes = 0;
    }
    return all;
  }

  /// Hands out everything, then runs `end`.
  void handOn(Consumer<Delivery> taker, Runnable end) {
    handOn(from, taker, end);
  }

  private void handOn(long begin, Consumer<Delivery> taker, Runnable end) {
    shard.writeAll();
    read(
        begin,
        rows -> {
          long last = begin;
          for (var row : rows) {
            last = LedgerBlock.read(row, shard, taker);
          }
          if (rows.isEmpty()) {
            end.run();
          } else {
            handOn(last, taker, end);
          }
        });
  }

  private void read(long begin, Consumer<List<Put>> taker) {
    shard.read(
        SessionFormat.blockKey(id, begin),
        SessionFormat.key(SessionFormat.BLOCK, id + 1),
        READ_BYTES,
        taker);
  }
}
