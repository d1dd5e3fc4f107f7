package io.millrace.engine.pipeline;

import java.time.Duration;
import java.util.UUID;

/// How long to wait before the next try: doubling, bounded, and spread so that calls that failed
/// together do not come back together.
final class Backoff {
  private Backoff() {}

  /// The wait after try number `attempts` (from 1) of the call `id`, a quarter more or less; the
  /// spread comes from the id, not from chance, so that a run can be repeated.
  static Duration after(int attempts, UUID id, Config.Outgoing config) {
    double wait = config.firstDelay().toNanos() * Math.pow(2, attempts - 1);
    double bounded = Math.min(wait, (double) config.longestDelay().toNanos());
    return Duration.ofNanos((long) (bounded * (0.75 + 0.5 * spread(id, attempts))));
  }

  /// From 0 to 1.
  private static double spread(UUID id, int attempts) {
    long mixed = (id.getLeastSignificantBits() + attempts) * 0x9E3779B97F4A7C15L;
    return (mixed >>> 11) * 0x1.0p-53;
  }
}
