package io.millrace.base.runtime;

import java.time.Instant;

/// The time of day and a stopwatch.
public interface Clock {
  /// The machine's clock.
  Clock SYSTEM =
      new Clock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /// Milliseconds since 1970-01-01T00:00Z; may step when the machine's clock is set.
  long millis();

  /// Nanoseconds from an arbitrary origin; only differences mean something. Never goes back.
  long nanos();

  default Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
