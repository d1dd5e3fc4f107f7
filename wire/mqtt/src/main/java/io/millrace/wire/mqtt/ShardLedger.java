package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.SessionStore.Change;
import io.millrace.wire.mqtt.SessionStore.Put;
import io.millrace.wire.mqtt.codec.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one loop's durable sessions have to write; handed to the store once per round.
final class ShardLedger {
  private static final long AGE_MS = 1;

  private final Shard shard;
  private final SessionStore store;
  private final List<SessionLedger> changed = new ArrayList<>();
  private final List<SessionLedger> lazy = new ArrayList<>();
  private List<SessionLedger> young = new ArrayList<>();
  private boolean isAging;
  private List<Change> changes = new ArrayList<>();
  private List<Ack> waiting = new ArrayList<>();
  private @Nullable Receipt held;
  private int underWay;
  private boolean asked;

  ShardLedger(Shard shard, SessionStore store) {
    this.shard = shard;
    this.store = store;
  }

  /// A ledger for a new session; null when sessions end with the process.
  @Nullable SessionLedger open(Session session) {
    return store.isDurable()
        ? new SessionLedger(this, session, shard.broker.nextSession.getAndIncrement())
        : null;
  }

  /// It has something to write this round.
  void changed(SessionLedger ledger) {
    if (!ledger.isQueued) {
      ledger.isQueued = true;
      changed.add(ledger);
      shard.scheduleRound();
    }
  }

  /// It has something to write that may wait for the next tick.
  void changedLazily(SessionLedger ledger) {
    if (!ledger.isQueued && !ledger.isQueuedLazily) {
      ledger.isQueuedLazily = true;
      lazy.add(ledger);
    }
  }

  /// It has messages that will probably be acknowledged before they need the disk.
  void young(SessionLedger ledger) {
    if (!ledger.isYoung) {
      ledger.isYoung = true;
      young.add(ledger);
      age();
    }
  }

  private void age() {
    if (!isAging && !young.isEmpty()) {
      isAging = true;
      var _ = shard.loop.schedule(this::aged, AGE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void aged() {
    isAging = false;
    var all = young;
    young = new ArrayList<>();
    for (var ledger : all) {
      ledger.isYoung = false;
      if (ledger.ages()) {
        young(ledger);
      }
    }
  }

  /// Changes that stand on their own.
  void add(List<Change> more) {
    changes.addAll(more);
    shard.scheduleRound();
  }

  /// The receipt waits for this round's commit.
  void hold(Receipt receipt) {
    if (receipt != held) {
      held = receipt;
      waiting.add(receipt.hold());
    }
  }

  /// Completes, on this loop, after everything that changed until now is on disk.
  void after(Ack ack) {
    waiting.add(ack);
    shard.scheduleRound();
  }

  void tick() {
    lazy.forEach(
        ledger -> {
          ledger.isQueuedLazily = false;
          changed(ledger);
        });
    lazy.clear();
  }

  /// End of a round: hands everything over, unless a commit is under way. Then it waits for its
  /// end: by then much is acknowledged and needs no disk any more, and all loops share the next.
  void write() {
    if (asked || isEmpty()) {
      return;
    }
    if (store.isWriting()) {
      asked = true;
      store.beforeNext(() -> shard.later(this::answer));
    } else {
      writeChanged();
    }
  }

  private void answer() {
    asked = false;
    if (isEmpty()) {
      store.write(List.of(), Ack.NONE);
    } else {
      writeChanged();
    }
  }

  private boolean isEmpty() {
    return changed.isEmpty() && changes.isEmpty() && waiting.isEmpty();
  }

  /// Hands everything over now.
  void writeAll() {
    for (var ledger : young) {
      ledger.isYoung = false;
      ledger.changed();
    }
    young.clear();
    writeChanged();
  }

  private void writeChanged() {
    if (isEmpty()) {
      return;
    }
    var all = changes;
    var acks = waiting;
    changes = new ArrayList<>();
    waiting = new ArrayList<>();
    held = null;
    for (int i = 0; i < changed.size(); i++) {
      var ledger = changed.get(i);
      ledger.isQueued = false;
      ledger.collect(all, acks);
    }
    changed.clear();
    if (all.isEmpty() && underWay == 0) {
      acks.forEach(Ack::done);
    } else {
      underWay++;
      store.write(all, new Told(this, acks));
    }
  }

  private void written(List<Ack> acks, @Nullable Refusal refusal) {
    underWay--;
    for (var ack : acks) {
      if (refusal == null) {
        ack.done();
      } else {
        ack.refused(refusal);
      }
    }
  }

  /// Hands rows to `taker`, on this loop.
  void read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker) {
    store.read(from, until, maxBytes, rows -> shard.later(() -> taker.accept(rows)));
  }

  TopicNames topics() {
    return shard.topics;
  }

  /// Tells everyone who waited, on the loop.
  private record Told(ShardLedger ledger, List<Ack> acks) implements Ack {
    @Override
    public void done() {
      ledger.shard.later(() -> ledger.written(acks, null));
    }

    @Override
    public void refused(Refusal refusal) {
      ledger.shard.later(() -> ledger.written(acks, refusal));
    }
  }
}
