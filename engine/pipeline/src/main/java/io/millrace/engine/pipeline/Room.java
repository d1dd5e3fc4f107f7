package io.millrace.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Whether all partitions have room to spare, and who waits for it.
///
/// A partition closes its gate when its queue is half full and opens it at a quarter; while one
/// gate is closed, readers of sockets wait. Any thread.
final class Room {
  private final AtomicInteger closed = new AtomicInteger();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  boolean isWritable() {
    return closed.get() == 0;
  }

  void onWritable(Runnable resume) {
    waiting.add(resume);
    if (isWritable()) { // it may have become so before the add
      tell();
    }
  }

  Gate gate(BooleanSupplier isHigh, BooleanSupplier isLow) {
    return new Gate(isHigh, isLow);
  }

  private void tell() {
    List<Runnable> all = new ArrayList<>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      all.add(next); // first all, then run: one that waits again must not be polled again
    }
    all.forEach(Runnable::run);
  }

  /// One partition's gate.
  final class Gate {
    private final BooleanSupplier isHigh;
    private final BooleanSupplier isLow;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Gate(BooleanSupplier isHigh, BooleanSupplier isLow) {
      this.isHigh = isHigh;
      this.isLow = isLow;
    }

    /// After each job added.
    void added() {
      if (isHigh.getAsBoolean() && isClosed.compareAndSet(false, true)) {
        closed.incrementAndGet();
        removed(); // the queue may have run empty meanwhile, and nobody would look again
      }
    }

    /// After jobs were taken.
    void removed() {
      if (isClosed.get() && isLow.getAsBoolean() && isClosed.compareAndSet(true, false)) {
        if (closed.decrementAndGet() == 0) {
          tell();
        }
      }
    }
  }
}
