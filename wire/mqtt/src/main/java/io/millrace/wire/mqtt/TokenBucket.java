package io.millrace.wire.mqtt;

/// A rate with some room for bursts. One thread, or guarded by its owner.
///
/// What is taken beyond the burst is a debt that time pays back: nothing is refused here.
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long lastNanos;

  TokenBucket(long perSecond, int burstSeconds, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = (double) perSecond * burstSeconds;
    this.tokens = burst;
    this.lastNanos = nowNanos;
  }

  /// Takes `amount`.
  ///
  /// @return nanoseconds until the debt is paid; 0 when there is none
  long take(long amount, long nowNanos) {
    refill(nowNanos);
    tokens -= amount;
    return tokens >= 0 ? 0 : (long) (-tokens / perSecond * NANOS);
  }

  /// Takes one if it is there.
  boolean tryTake(long nowNanos) {
    refill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  private void refill(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - lastNanos) / NANOS * perSecond);
    lastNanos = nowNanos;
  }
}
