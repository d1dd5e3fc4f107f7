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
/// Messages are numbered and kept in blocks. A message to a client that keeps up may wait a moment
/// for its PUBACK: what was acknowledged before its block is written never reaches the disk, and
/// its sender need not wait for one. A written block goes when none of its messages is wanted any
/// more. Messages beyond `mqtt.queueInMemory` of a client that is away are on disk only, the tail,
/// and are read when those before them have left.
final class SessionLedger {
  private static final int BLOCK_BYTES = 262_144;
  private static final int OLD = 2;

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
  boolean isYoung;
  private boolean isUrgent;

  /// Messages that share a row.
  static final class Block {
    final long first;
    private int live;
    private int sizeBytes;
    private int age;
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

  /// Gives the message a number and a place in a commit, which its sender waits for.
  ///
  /// @param isSoonDone the client will probably acknowledge before the disk would have it
  void keep(Delivery delivery, boolean isSoonDone) {
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
    var receipt = delivery.message.receipt();
    if (receipt != null) {
      delivery.owed = receipt.hold();
    }
    if (isSoonDone) {
      shard.young(this);
    } else {
      changed();
    }
  }

  /// The message is done with; its row goes when its block is empty, some time soon.
  void forget(Delivery delivery) {
    var block = delivery.block;
    if (block == null) {
      return;
    }
    delivery.block = null;
    block.live--;
    delivery.done();
    if (!block.isWritten()) {
      if (block.live == 0) {
        drop(block);
      }
      return;
    }
    if (block.live == 0) {
      gone.add(block);
    }
    stateChanged = true;
    shard.changedLazily(this);
  }

  /// Nothing of it will be written.
  private void drop(Block block) {
    unwritten.remove(block);
    if (current == block) {
      current = null;
    }
  }

  /// Time passes: what is not acknowledged by now is to be written.
  ///
  /// @return true while there are messages that may wait
  boolean ages() {
    current = null;
    boolean isDue = false;
    for (var block : unwritten) {
      isDue |= ++block.age >= OLD;
    }
    if (isDue) {
      shard.changed(this);
    }
    return !unwritten.isEmpty();
  }

  /// All of it is to be written now.
  void changed() {
    isUrgent = true;
    shard.changed(this);
  }

  void sessionChanged() {
    sessionChanged = true;
    changed();
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
    changed();
  }

  void filterChanged(String filter) {
    changedFilters.add(filter);
    changed();
  }

  /// Completes after everything that changed until now is on disk.
  void after(Ack ack) {
    changed();
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
    for (var block : unwritten) {
      var open = block.unwritten;
      if (open != null) {
        open.forEach(Delivery::done);
      }
    }
    unwritten.clear();
    current = null;
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
    keep(delivery, false);
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

  /// Adds what changed since the last time, and who waits for it.
  void collect(List<Change> changes, List<Ack> waiting) {
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
    for (var block : unwritten) {
      if (isUrgent || block.age >= OLD) {
        write(block, changes, waiting);
      }
    }
    unwritten.removeIf(Block::isWritten);
    isUrgent = false;
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

  private void write(Block block, List<Change> changes, List<Ack> waiting) {
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
        if (delivery.owed != null) {
          waiting.add(delivery);
        }
      }
    }
    changes.add(new Put(SessionFormat.blockKey(id, block.first), SessionFormat.bytes(out)));
  }
}
