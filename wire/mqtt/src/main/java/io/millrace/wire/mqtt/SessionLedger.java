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
  final long id;
  private final ShardLedger shard;
  private final Session session;
  private final LedgerTail tail;
  private final List<LedgerBlock> unwritten = new ArrayList<>(1);
  private final List<LedgerBlock> gone = new ArrayList<>(0);
  private final Set<String> changedFilters = new LinkedHashSet<>(0);
  private @Nullable LedgerBlock current;
  private long next = 1;
  private boolean sessionChanged;
  private boolean stateChanged;
  private boolean ended;
  boolean isQueued;
  boolean isQueuedLazily;
  boolean isYoung;
  private boolean isUrgent;

  SessionLedger(ShardLedger shard, Session session, long id) {
    this.shard = shard;
    this.session = session;
    this.id = id;
    this.tail = new LedgerTail(shard, id);
  }

  // ---- what changes

  /// Gives the message a number and a place in a commit, which its sender waits for.
  ///
  /// @param isSoonDone the client will probably acknowledge before the disk would have it
  void keep(Delivery delivery, boolean isSoonDone) {
    var block = current;
    if (block == null) {
      block = LedgerBlock.open(next);
      current = block;
      unwritten.add(block);
    }
    delivery.number = next++;
    block.add(delivery);
    if (block.isFull()) {
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
    boolean isEmpty = block.remove();
    delivery.done();
    if (!block.isWritten()) {
      if (isEmpty) {
        drop(block);
      }
      return;
    }
    if (isEmpty) {
      gone.add(block);
    }
    stateChanged = true;
    shard.changedLazily(this);
  }

  /// Nothing of it will be written.
  private void drop(LedgerBlock block) {
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
      isDue |= block.ages();
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

  /// A message that waited has got its packet identifier: it is written with the state, unless its
  /// block is still to be written.
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
  /// @param taker takes what is on disk only, before it goes; null when nobody wants it
  void end(Collection<String> filters, @Nullable Consumer<Delivery> taker) {
    ended = true;
    changedFilters.clear();
    var changes = new ArrayList<Change>();
    changes.add(new Delete(SessionFormat.sessionKey(session.clientId())));
    changes.add(new Delete(SessionFormat.key(SessionFormat.STATE, id)));
    for (var filter : filters) {
      changes.add(new Delete(SessionFormat.subscriptionKey(id, filter)));
    }
    shard.add(changes);
    if (!tail.isEmpty() && taker != null) {
      tail.handOn(taker, () -> shard.add(List.of(allBlocks())));
    } else if (next > 1) {
      shard.add(List.of(allBlocks()));
    }
    unwritten.forEach(LedgerBlock::abandon);
    unwritten.clear();
    current = null;
  }

  private Change allBlocks() {
    return new DeleteRange(
        SessionFormat.key(SessionFormat.BLOCK, id), SessionFormat.key(SessionFormat.BLOCK, id + 1));
  }

  // ---- the tail

  boolean hasTail() {
    return !tail.isEmpty();
  }

  LedgerTail tail() {
    return tail;
  }

  /// The number of the first message that never left.
  ///
  /// @param waiting the first that waits in memory
  long unsent(@Nullable Delivery waiting) {
    if (waiting != null) {
      return waiting.number;
    }
    return tail.isEmpty() ? next : tail.from();
  }

  /// Keeps a message on disk only.
  void keepInTail(Delivery delivery) {
    if (tail.isEmpty()) {
      current = null; // a block is in memory or in the tail, as a whole
      tail.beginAt(next);
    }
    keep(delivery, false);
    tail.add(delivery);
  }

  /// Lets go of messages in memory: from one that begins a block on, all that wait.
  void moveToTail(Delivery first, int count, long bytes) {
    if (tail.isEmpty()) {
      current = null;
    }
    tail.prepend(first.number, count, bytes);
  }

  /// Reads the beginning of the tail, unless that is under way.
  void load(Consumer<List<Delivery>> taker) {
    tail.load(
        more -> {
          if (tail.isEmpty()) {
            current = null;
          }
          if (!ended) {
            taker.accept(more);
          }
        });
  }

  // ---- at start

  /// Takes a row that an earlier process wrote; rows come in order.
  ///
  /// @param inMemory false to keep it as part of the tail
  void restore(Put row, boolean inMemory, Consumer<Delivery> taker) {
    if (inMemory) {
      next = LedgerBlock.read(row, shard, taker);
    } else {
      tail.beginAt(SessionFormat.first(row.key()));
      next = LedgerBlock.read(row, shard, tail::add);
    }
  }

  /// True when messages in that row have packet identifiers: they may have left.
  boolean hasIds(Put row) {
    boolean[] has = {false};
    LedgerBlock.read(row, shard, delivery -> has[0] |= delivery.packetId != 0);
    return has[0];
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
      if (isUrgent || block.isDue()) {
        var row = block.write(waiting);
        if (row != null) {
          changes.add(new Put(SessionFormat.blockKey(id, block.first), row));
        }
      }
    }
    unwritten.removeIf(LedgerBlock::isWritten);
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
}
