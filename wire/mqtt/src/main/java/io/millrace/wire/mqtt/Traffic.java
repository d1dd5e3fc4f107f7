package io.millrace.wire.mqtt;

/// What came from and went to one client on one connection, and how fast. On its event loop.
final class Traffic {
  private static final double SMOOTH_SECONDS = 5;
  private static final long MARK_NANOS = 1_000_000_000L;

  private long received;
  private long receivedBytes;
  private long sent;
  private long sentBytes;
  private double receivedPerSecond;
  private double sentPerSecond;
  private long markNanos;
  private long markReceived;
  private long markSent;

  Traffic(long nowNanos) {
    markNanos = nowNanos;
  }

  /// What a page shows of it.
  record Figures(
      long received,
      long receivedBytes,
      long sent,
      long sentBytes,
      double receivedPerSecond,
      double sentPerSecond) {
    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0);
  }

  void received(int payloadBytes) {
    received++;
    receivedBytes += payloadBytes;
  }

  void sent(int payloadBytes) {
    sent++;
    sentBytes += payloadBytes;
  }

  /// A few times per second: brings the rates up to date about once.
  void tick(long nowNanos) {
    long passed = nowNanos - markNanos;
    if (passed < MARK_NANOS) {
      return;
    }
    receivedPerSecond = smooth(receivedPerSecond, received - markReceived, passed);
    sentPerSecond = smooth(sentPerSecond, sent - markSent, passed);
    markNanos = nowNanos;
    markReceived = received;
    markSent = sent;
  }

  Figures figures() {
    return new Figures(received, receivedBytes, sent, sentBytes, receivedPerSecond, sentPerSecond);
  }

  /// A rate that follows the newest seconds and forgets what is older than some.
  static double smooth(double rate, long count, long passedNanos) {
    double seconds = passedNanos / 1e9;
    double weight = Math.min(1, seconds / SMOOTH_SECONDS);
    double next = rate + (count / seconds - rate) * weight;
    return next < 0.005 ? 0 : next;
  }
}
