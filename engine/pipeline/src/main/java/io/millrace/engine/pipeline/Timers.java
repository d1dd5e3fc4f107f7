package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Timers of rule nodes: rows in the order of their time, set in a batch's commit and taken out in
/// the commit of what they cause, so each takes effect once, also across a restart.
///
/// Nothing is kept in memory but the keys of those under way. The scheduler's thread looks for due
/// ones and hands each to the partition of its originator.
final class Timers {
  private static final Logger log = LoggerFactory.getLogger(Timers.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int UNDER_WAY_MAX = 10_000;

  /// A batch may commit a timer that was due before the last look; none takes longer than this.
  private static final long LOOK_BACK_MS = 60_000;

  private final CommitStore store;
  private final Clock clock;
  private final Function<EntityId, Partition> partitions;
  private final LongAdder fired;
  private final Set<ByteBuffer> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicLong doneUntil = new AtomicLong(); // no older row is left

  Timers(
      CommitStore store, Clock clock, Counters counters, Function<EntityId, Partition> partitions) {
    this.store = store;
    this.clock = clock;
    this.partitions = partitions;
    this.fired = counters.count("pipeline.timers");
  }

  Scheduler.Cancel start(Scheduler scheduler) {
    return scheduler.every(TICK, this::look);
  }

  void set(Batch batch, CallFrame frame, RuleMessage message, long atMs) {
    set(batch, new Timer(Math.max(atMs, batch.now()), batch.newId(), frame, message));
  }

  void set(Batch batch, Timer timer) {
    batch.commit().put(Family.TIMERS, timer.key(), timer.value());
  }

  /// Hands over what is due, the oldest first, as far as there is room.
  private void look() {
    long now = clock.millis();
    long from = doneUntil.get();
    var until = Timer.keyFrom(now + 1);
    var hasRoom = new boolean[] {true};
    store.scan(
        Family.TIMERS,
        Timer.keyFrom(from),
        until,
        (key, value) -> {
          hasRoom[0] = underWay.size() < UNDER_WAY_MAX;
          return hasRoom[0] && take(key, value);
        });
    if (hasRoom[0]) {
      doneUntil.compareAndSet(from, Math.max(from, now - LOOK_BACK_MS));
    }
  }

  /// @return false when the partitions stop
  private boolean take(byte[] key, byte[] value) {
    var place = ByteBuffer.wrap(key);
    if (!underWay.add(place)) {
      return true;
    }
    if (store.get(Family.TIMERS, key) == null) { // done since the scan began
      underWay.remove(place);
      return true;
    }
    Timer timer;
    try {
      timer = Timer.read(key, value);
    } catch (RuntimeException damaged) {
      log.error("A timer cannot be read and is left alone", damaged);
      return true; // and stays under way: it is not looked at again
    }
    return partitions.apply(timer.message().originator()).add(new Due(timer, place));
  }

  /// The row was not taken out: it is looked for again.
  private void again(Timer timer, ByteBuffer place) {
    underWay.remove(place);
    doneUntil.accumulateAndGet(timer.dueMs(), Math::min);
  }

  /// A timer that is due: its row goes with what it causes.
  private final class Due implements Job {
    private final Timer timer;
    private final ByteBuffer place;
    private @Nullable Throwable fault;

    Due(Timer timer, ByteBuffer place) {
      this.timer = timer;
      this.place = place;
    }

    @Override
    public void run(Batch batch) {
      batch.commit().delete(Family.TIMERS, timer.key());
      if (fault == null) {
        batch.wake(timer);
      } else {
        batch.giveUp(timer, fault);
      }
    }

    @Override
    public void putOff(Batch batch) {
      batch.commit().delete(Family.TIMERS, timer.key());
      batch.putOffAgain(timer);
    }

    @Override
    public void done() {
      underWay.remove(place);
      fired.increment();
    }

    @Override
    public void refused(Refusal refusal) {
      again(timer, place);
    }

    /// The engine itself failed on it: the row goes, alone.
    @Override
    public void failed(Throwable cause) {
      log.error("A rule chain failed on a timer of node {}", timer.frame().nodeId(), cause);
      fault = cause;
      if (!partitions.apply(timer.message().originator()).add(this)) {
        again(timer, place);
      }
    }

    @Override
    public long bytes() {
      return 0;
    }
  }
}
