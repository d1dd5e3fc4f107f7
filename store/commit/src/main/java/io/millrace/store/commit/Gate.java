package io.millrace.store.commit;

import java.util.concurrent.atomic.AtomicLong;

/// Counts who uses the open database, so that it can be exchanged when nobody does.
///
/// Any thread; the same one may enter several times, and leave from another.
final class Gate {
  private static final long WAIT_MS = 10;
  private final AtomicLong inside = new AtomicLong();
  private volatile boolean isShut;

  /// Comes in; waits only while the database is being exchanged, or somebody tries to.
  void enter() {
    inside.incrementAndGet();
    while (isShut) { // read after the increment: the exchanger shuts, then looks who is inside
      inside.decrementAndGet();
      waitUntilOpen();
      inside.incrementAndGet();
    }
  }

  void leave() {
    inside.decrementAndGet();
  }

  /// Runs `exchange` while nobody is inside; gives up when somebody stays longer than `patienceMs`:
  /// who is inside may be waiting to come in a second time.
  ///
  /// @return whether it ran
  synchronized boolean whileEmpty(long patienceMs, Runnable exchange) {
    isShut = true;
    try {
      for (long waited = 0; inside.get() > 0; waited += WAIT_MS) {
        if (waited >= patienceMs) {
          return false;
        }
        wait(WAIT_MS); // lets those who wait to come in go on waiting
      }
      exchange.run();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      isShut = false;
      notifyAll();
    }
  }

  private synchronized void waitUntilOpen() {
    boolean isInterrupted = false;
    while (isShut) {
      try {
        wait();
      } catch (InterruptedException e) {
        isInterrupted = true; // the caller's business; here there is nothing to give up
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
