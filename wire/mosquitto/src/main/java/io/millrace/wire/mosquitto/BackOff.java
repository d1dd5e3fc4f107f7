package io.millrace.wire.mosquitto;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits that grow to a cap, with chance in them so that many do not come back at once.
final class BackOff {
  private final long baseMs;
  private final long capMs;
  private final RandomGenerator random;
  private long lastMs;

  BackOff(Duration base, Duration cap, RandomGenerator random) {
    this.baseMs = base.toMillis();
    this.capMs = Math.max(cap.toMillis(), baseMs);
    this.random = random;
    this.lastMs = baseMs;
  }

  /// The next wait: between the base and three times the last one, at most the cap.
  Duration next() {
    long high = Math.min(capMs, lastMs * 3);
    lastMs = high <= baseMs ? baseMs : random.nextLong(baseMs, high + 1);
    return Duration.ofMillis(lastMs);
  }

  void reset() {
    lastMs = baseMs;
  }
}
