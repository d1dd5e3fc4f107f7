package io.millrace.store.messages;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreFullException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what the lanes have collected, as one commit, and tells those who follow the log.
///
/// The only writer of its family: blocks come one after the other, so a reader that has read to
/// one sees all that come later.
final class PublishWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PublishWriter.class);

  private final MessageLog owner;
  private final CommitStore store;
  private final Clock clock;
  private final long gatherNanos;
  private final List<PublishLane> lanes = new CopyOnWriteArrayList<>();
  private final Thread thread = Threads.platform("message-log", this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private volatile boolean pending;
  private volatile boolean hurried;
  private volatile boolean parked;
  private volatile boolean closing;
  private volatile long committed;
  private boolean fullSaid;
  private long sequence;
  private long lastTime;
  private long lastNanos;

  PublishWriter(MessageLog owner, CommitStore store, Clock clock, Config config) {
    this.owner = owner;
    this.store = store;
    this.clock = clock;
    this.gatherNanos = config.gather().toNanos();
    this.lastNanos = clock.nanos();
    store.scanDown(
        Family.PUBLISHES,
        new byte[0],
        Keys.end(),
        (key, _) -> {
          lastTime = Keys.time(key);
          sequence = Keys.sequence(key) + 1;
          return false;
        });
    committed = sequence;
  }

  void start() {
    thread.start();
  }

  void add(PublishLane lane) {
    lanes.add(lane);
  }

  /// Something was collected. Any thread.
  ///
  /// @param now do not wait for more
  void wake(boolean now) {
    if (now) {
      hurried = true;
      LockSupport.unpark(thread);
    } else if (!pending) {
      pending = true;
      if (parked) {
        LockSupport.unpark(thread);
      }
    }
  }

  /// Numbers below this are on disk.
  long committed() {
    return committed;
  }

  /// Waits until the block of that number is on disk, or for so long.
  boolean await(long number, long timeoutMs) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    lock.lock();
    try {
      while (committed <= number && left > 0 && !closing) {
        left = written.awaitNanos(left);
      }
      return committed > number;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!closing) {
      parked = true;
      while (!pending && !hurried && !closing) {
        LockSupport.park(this);
      }
      parked = false;
      long until = clock.nanos() + gatherNanos;
      for (long left = gatherNanos; left > 0 && !hurried && !closing; ) {
        LockSupport.parkNanos(this, left);
        left = until - clock.nanos();
      }
      write();
    }
    write();
  }

  private void write() {
    pending = false; // before taking: what comes later wakes again
    hurried = false;
    long now = clock.nanos();
    double passed = (now - lastNanos) / 1e9;
    lastNanos = now;
    long next = sequence;
    try (var commit = store.begin()) {
      lastTime = Math.max(lastTime, clock.millis());
      for (var lane : lanes) {
        var block = lane.take(passed);
        owner.missed(lane.missed());
        if (block != null) {
          commit.put(Family.PUBLISHES, Keys.publish(lastTime, next++), block.bytes());
          commit.onDurable(() -> owner.written(block.messages(), block.bytes().length));
          commit.onRefused(() -> owner.missed(block.messages()));
        }
      }
      commit.write();
      sequence = next;
      tell(next);
      fullSaid = false;
    } catch (StoreFullException e) {
      if (!fullSaid) { // once, not once per block
        fullSaid = true;
        log.error("Published messages cannot be kept for replay: {}", e.getMessage());
      }
    } catch (RuntimeException e) {
      log.error("Published messages of {} ms were not kept", passed * 1000, e);
    }
  }

  private void tell(long next) {
    lock.lock();
    try {
      committed = next;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what was collected, then ends.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tell(committed);
  }
}
