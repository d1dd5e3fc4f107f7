package io.millrace.store.realtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A bounded queue whose items are handled in order, in groups, by one thread at a time.
///
/// What is offered while a group is being handled becomes the next group: so the slower the disk,
/// the larger the groups. Any thread offers.
final class GroupQueue<T> {
  private final Executor threads;
  private final Consumer<List<T>> handler;
  private final int waitingMax;
  private final int groupMax;
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private boolean isRunning;
  private boolean isClosed;

  GroupQueue(Executor threads, int waitingMax, int groupMax, Consumer<List<T>> handler) {
    this.threads = threads;
    this.waitingMax = waitingMax;
    this.groupMax = groupMax;
    this.handler = handler;
  }

  /// Whether there was room; never after [#close].
  boolean offer(T item) {
    synchronized (waiting) {
      if (isClosed || waiting.size() >= waitingMax) {
        return false;
      }
      waiting.add(item);
      if (isRunning) {
        return true;
      }
      isRunning = true;
    }
    threads.execute(this::run);
    return true;
  }

  int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void run() {
    handler.accept(nextGroup());
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        isRunning = false;
        waiting.notifyAll();
        return;
      }
    }
    threads.execute(this::run); // at the end of the line: other databases have their turn
  }

  /// Takes no more, and returns when nothing waits and nothing runs.
  void close() throws InterruptedException {
    synchronized (waiting) {
      isClosed = true;
      while (isRunning) {
        waiting.wait();
      }
    }
  }

  private List<T> nextGroup() {
    synchronized (waiting) {
      var group = new ArrayList<T>(Math.min(waiting.size(), groupMax));
      while (group.size() < groupMax && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
      return group;
    }
  }
}
