package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.wire.mqtt.SessionStore.Change;
import io.millrace.wire.mqtt.SessionStore.Delete;
import io.millrace.wire.mqtt.SessionStore.DeleteRange;
import io.millrace.wire.mqtt.SessionStore.Put;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The durable side of one session: what of it is on disk, and what has to be written.
///
/// Messages are numbered and kept in blocks, one per session and commit. What was acknowledged
/// before its block is written never reaches the disk; a block goes when none of its messages is
/// wanted any more. Messages beyond `mqtt.queueInMemory` of a client
/// that is away are on disk only, the tail, and are read when those before them have left.
final class SessionLedger {
  private static final int BLOCK_BYTES = 262_144;

  final long id;
  private final ShardLedger shard;
  private final Session session;
  private final List<Block> unwritten = new ArrayList<>(1);
  private final List<Block> gone = new ArrayList<>(0);
  private final Set<String> changedFilters = new LinkedHashSet<>(0);
  private @Nullable Block current;
  private long next = 1;
  private boolean sessionChanged;
  private boolean stateChanged;
  private boolean ended;
  private boolean loading;
  private long tailFrom;
  private int tailCount;
  private long tailBytes;
  boolean isQueued;
  boolean isQueuedLazily;

  /// Messages that share a row.
  static final class Block {
    final long first;
    private int live;
    private int sizeBytes;
    private @Nullable List<Delivery> unwritten;

    Block(long first, @Nullable List<Delivery> unwritten) {
      this.first = first;
      this.unwritten = unwritten;
    }

    boolean isWritten() {
      return unwritten == null;
    }
  }

  SessionLedger(ShardLedger shard, Session session, long id) {
    this.shard = shard;
    this.session = session;
    this.id = id;
  }

  // ---- what changes

  /// Gives the message a number and a place in the next commit, which its sender waits for.
  void keep(Delivery delivery) {
    var block = current;
    if (block == null) {
      block = new Block(next, new ArrayList<>());
      current = block;
      unwritten.add(block);
    }
    var open = block.unwritten;
    if (open == null) {
      throw new IllegalStateException("a block is written to after its end");
    }
    delivery.number = next++;
    delivery.block = block;
    block.live++;
    block.sizeBytes += delivery.message.sizeBytes();
    open.add(delivery);
    if (block.sizeBytes >= BLOCK_BYTES) {
      current = null;
    }
    shard.changed(this);
    var receipt = delivery.message.receipt();
    if (receipt != null) {
      shard.hold(receipt);
    }
  }

  /// The message is done with; its row goes when its block is empty, some time soon.
  void forget(Delivery delivery) {
    var block = delivery.block;
    if (block == null) {
      return;
    }
    delivery.block = null;
    if (--block.live == 0 && block.isWritten()) {
      gone.add(block);
    }
    stateChanged = true;
    shard.changedLazily(this);
  }

  void sessionChanged() {
    sessionChanged = true;
    shard.changed(this);
  }

  /// A message has left; its packet identifier is written with its block, or with the state.
  void sent(Delivery delivery) {
    var block = delivery.block;
    if (block == null || block.isWritten()) {
      stateChanged();
    }
  }

  void stateChanged() {
    stateChanged = true;
    shard.changed(this);
  }

  void filterChanged(String filter) {
    changedFilters.add(filter);
    shard.changed(this);
  }

  /// Completes after everything that changed until now is on disk.
  void after(Ack ack) {
    shard.after(ack);
  }

  /// Everything goes.
  ///
  /// @param filters of all subscriptions
  /// @param tail takes what is on disk only, before it goes; null when nobody wants it
  void end(Collection<String> filters, @Nullable Consumer<Delivery> tail) {
    ended = true;
    changedFilters.clear();
    var changes = new ArrayList<Change>();
    changes.add(new Delete(SessionFormat.sessionKey(session.clientId())));
    changes.add(new Delete(SessionFormat.key(SessionFormat.STATE, id)));
    for (var filter : filters) {
      changes.add(new Delete(SessionFormat.subscriptionKey(id, filter)));
    }
    shard.add(changes);
    if (tailCount > 0 && tail != null) {
      handOn(tailFrom, tail);
    } else if (next > 1) {
      shard.add(List.of(allBlocks()));
    }
    unwritten.clear();
  }

  private void handOn(long from, Consumer<Delivery> tail) {
    shard.writeAll();
    shard.read(
        SessionFormat.blockKey(id, from),
        SessionFormat.key(SessionFormat.BLOCK, id + 1),
        BLOCK_BYTES,
        rows -> {
          long last = from;
          for (var row : rows) {
            last = each(row, tail);
          }
          if (rows.isEmpty()) {
            shard.add(List.of(allBlocks()));
          } else {
            handOn(last, tail);
          }
        });
  }

  private Change allBlocks() {
    return new DeleteRange(
        SessionFormat.key(SessionFormat.BLOCK, id), SessionFormat.key(SessionFormat.BLOCK, id + 1));
  }

  // ---- the tail

  boolean hasTail() {
    return tailCount > 0;
  }

  int tailCount() {
    return tailCount;
  }

  long tailBytes() {
    return tailBytes;
  }

  /// The number of the first message that never left.
  ///
  /// @param waiting the first that waits in memory
  long unsent(@Nullable Delivery waiting) {
    if (waiting != null) {
      return waiting.number;
    }
    return tailCount > 0 ? tailFrom : next;
  }

  /// Keeps a message on disk only.
  void keepInTail(Delivery delivery) {
    if (tailCount == 0) {
      current = null; // a block is in memory or in the tail, as a whole
      tailFrom = next;
    }
    keep(delivery);
    tailCount++;
    tailBytes += delivery.message.sizeBytes();
  }

  /// Lets go of messages in memory: from one that begins a block on, all that wait.
  void moveToTail(Delivery first, int count, long bytes) {
    if (tailCount == 0) {
      current = null;
    }
    tailFrom = first.number;
    tailCount += count;
    tailBytes += bytes;
  }

  /// Reads the beginning of the tail, unless that is under way.
  void load(Consumer<List<Delivery>> taker) {
    if (loading || tailCount == 0) {
      return;
    }
    loading = true;
    shard.writeAll(); // what is read includes this round
    long from = tailFrom;
    shard.read(
        SessionFormat.blockKey(id, from),
        SessionFormat.key(SessionFormat.BLOCK, id + 1),
        BLOCK_BYTES,
        rows -> {
          loading = false;
          if (!ended) { // the tail may have grown at its front meanwhile
            taker.accept(from == tailFrom ? loaded(rows) : List.of());
          }
        });
  }

  private List<Delivery> loaded(List<Put> rows) {
    var all = new ArrayList<Delivery>();
    for (var row : rows) {
      tailFrom = each(row, all::add);
    }
    for (var delivery : all) {
      tailCount--;
      tailBytes -= delivery.message.sizeBytes();
    }
    if (rows.isEmpty() || tailCount <= 0) {
      tailCount = 0; // rows that the disk refused are not there
      tailBytes = 0;
      current = null;
    }
    return all;
  }

  /// Hands out the messages of a row.
  ///
  /// @return the number after the last
  private long each(Put row, Consumer<Delivery> taker) {
    var block = new Block(SessionFormat.first(row.key()), null);
    var in = SessionFormat.checked(row.value());
    block.live = in.readInt();
    long last = block.first;
    for (int i = block.live; i > 0; i--) {
      last = block.first + in.readInt();
      int packetId = in.readUnsignedShort();
      boolean isReleased = in.readBoolean();
      var delivery = SessionFormat.readDelivery(in, shard.topics());
      delivery.number = last;
      delivery.packetId = packetId;
      delivery.state = isReleased ? Delivery.State.RELEASED : Delivery.State.WAITING;
      delivery.block = block;
      taker.accept(delivery);
    }
    return last + 1;
  }

  // ---- at start

  /// Takes a row that an earlier process wrote; rows come in order.
  ///
  /// @param inMemory false to keep it as part of the tail
  void restore(Put row, boolean inMemory, Consumer<Delivery> taker) {
    if (inMemory) {
      next = each(row, taker);
    } else {
      long first = SessionFormat.first(row.key());
      tailFrom = tailCount == 0 ? first : tailFrom;
      next =
          each(
              row,
              delivery -> {
                tailCount++;
                tailBytes += delivery.message.sizeBytes();
              });
    }
  }

  /// Numbers go on from there at least.
  void restoreNext(long unsent) {
    next = Math.max(next, unsent);
  }

  // ---- writing

  /// Adds what changed since the last time.
  void collect(List<Change> changes) {
    if (ended) {
      return;
    }
    if (sessionChanged) {
      sessionChanged = false;
      changes.add(new Put(SessionFormat.sessionKey(session.clientId()), session.stored(id).row()));
    }
    for (var filter : changedFilters) {
      var key = SessionFormat.subscriptionKey(id, filter);
      var subscribed = session.subscriptions().get(filter);
      changes.add(
          subscribed == null ? new Delete(key) : new Put(key, StoredSubscription.row(subscribed)));
    }
    changedFilters.clear();
    unwritten.forEach(block -> write(block, changes));
    unwritten.clear();
    current = null;
    if (stateChanged) {
      stateChanged = false;
      changes.add(new Put(SessionFormat.key(SessionFormat.STATE, id), session.stateRow()));
    }
    for (var block : gone) {
      changes.add(new Delete(SessionFormat.blockKey(id, block.first)));
    }
    gone.clear();
  }

  private void write(Block block, List<Change> changes) {
    var deliveries = block.unwritten;
    block.unwritten = null;
    if (deliveries == null || block.live == 0) {
      return;
    }
    var out = SessionFormat.start(block.live * 32 + 64).writeInt(block.live);
    for (var delivery : deliveries) {
      if (delivery.block == block) {
        out.writeInt((int) (delivery.number - block.first));
        out.writeShort(delivery.packetId);
        out.writeBoolean(delivery.state == Delivery.State.RELEASED);
        SessionFormat.write(delivery, out);
      }
    }
    changes.add(new Put(SessionFormat.blockKey(id, block.first), SessionFormat.bytes(out)));
  }
}
