package io.millrace.engine.rules;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import java.time.Duration;

/// Time of a rehearsal: stands still unless it is set. One thread.
final class RehearsedTime implements Clock {
  /// Nothing of a rehearsal happens by itself.
  static final Scheduler NO_TIMERS =
      new Scheduler() {
        @Override
        public Cancel after(Duration delay, Runnable work) {
          return () -> {};
        }

        @Override
        public Cancel every(Duration period, Runnable work) {
          return () -> {};
        }
      };

  private long millis;

  void at(long ms) {
    millis = ms;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public long nanos() {
    return millis * 1_000_000;
  }
}
