package io.millrace.testkit;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import java.time.Duration;
import java.util.PriorityQueue;

/// A clock and a scheduler that move only when the test says so; work runs on the test's thread.
public final class SimulatedTime implements Clock, Scheduler {
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long nanos;
  private long sequence;
  private final long startMillis;

  public SimulatedTime(long startMillis) {
    this.startMillis = startMillis;
  }

  /// Starts at 2026-01-01T00:00Z.
  public SimulatedTime() {
    this(1_767_225_600_000L);
  }

  @Override
  public synchronized long millis() {
    return startMillis + nanos / 1_000_000;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Cancel after(Duration delay, Runnable work) {
    var task = new Task(nanos + delay.toNanos(), sequence++, work, 0);
    tasks.add(task);
    return () -> remove(task);
  }

  @Override
  public synchronized Cancel every(Duration period, Runnable work) {
    var first = new Task(nanos + period.toNanos(), sequence++, work, period.toNanos());
    tasks.add(first);
    return () -> remove(first);
  }

  /// Moves time forward and runs all that falls due on the way, in order.
  public void advance(Duration by) {
    long until = nanos() + by.toNanos();
    while (true) {
      Task due;
      synchronized (this) {
        due = tasks.peek();
        if (due == null || due.at > until) {
          nanos = until;
          return;
        }
        tasks.remove();
        nanos = Math.max(nanos, due.at);
        if (due.periodNanos > 0) {
          due.at += due.periodNanos;
          tasks.add(due);
        }
      }
      due.work.run();
    }
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  private static final class Task implements Comparable<Task> {
    private long at;
    private final long sequence;
    private final Runnable work;
    private final long periodNanos;

    Task(long at, long sequence, Runnable work, long periodNanos) {
      this.at = at;
      this.sequence = sequence;
      this.work = work;
      this.periodNanos = periodNanos;
    }

    @Override
    public int compareTo(Task other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
    }
  }
}
