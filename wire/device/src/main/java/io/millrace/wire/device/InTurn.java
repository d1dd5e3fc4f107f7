package io.millrace.wire.device;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Runs one connection's blocking work one piece after the other. The connection's bound on
/// unacknowledged messages bounds what waits. Any thread.
final class InTurn {
  private final ExecutorService threads;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  InTurn(ExecutorService threads) {
    this.threads = threads;
  }

  void add(Runnable work) {
    synchronized (waiting) {
      waiting.add(work);
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::run);
  }

  private void run() {
    for (var next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      var next = waiting.poll();
      running = next != null;
      return next;
    }
  }
}
