package io.millrace.base.runtime;

import java.time.Duration;

/// Runs work later. The work must be short and must not block: hand longer work to [Threads].
public interface Scheduler {
  /// Runs `work` once, after `delay`.
  Cancel after(Duration delay, Runnable work);

  /// Runs `work` every `period`, first after one period; never twice at once.
  Cancel every(Duration period, Runnable work);

  /// Takes a scheduled piece of work back; harmless when it has already run.
  interface Cancel {
    void cancel();
  }
}
