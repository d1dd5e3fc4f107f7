package io.millrace.wire.mqtt;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one client to `mqtt.rates`: whoever is faster is not read for a while, so that TCP slows
/// it down and nothing is lost. On the client's event loop.
final class PublishRate {
  private final Connection connection;
  private final @Nullable TokenBucket messages;
  private final @Nullable TokenBucket bytes;

  private PublishRate(Connection connection, RateLimits limits, long nowNanos) {
    this.connection = connection;
    int burst = limits.burstSeconds();
    this.messages = bucket(limits.publishesPerSecond(), burst, nowNanos);
    this.bytes = bucket(limits.bytesPerSecond(), burst, nowNanos);
  }

  /// Null when there is no limit, so that the usual case pays nothing.
  static @Nullable PublishRate of(Connection connection) {
    var limits = connection.broker().config.rates();
    boolean limited = limits.publishesPerSecond() > 0 || limits.bytesPerSecond() > 0;
    return limited ? new PublishRate(connection, limits, connection.broker().clock.nanos()) : null;
  }

  /// A message has come.
  void published(int payloadBytes) {
    long now = connection.broker().clock.nanos();
    long waitNanos = messages == null ? 0 : messages.take(1, now);
    if (bytes != null) {
      waitNanos = Math.max(waitNanos, bytes.take(payloadBytes, now));
    }
    if (waitNanos > 0) {
      connection.broker().counters.ratePauses().increment();
      connection.pause(Connection.RATE);
      var _ =
          connection
              .shard()
              .loop
              .schedule(() -> connection.resume(Connection.RATE), waitNanos, TimeUnit.NANOSECONDS);
    }
  }

  private static @Nullable TokenBucket bucket(long perSecond, int burst, long nowNanos) {
    return perSecond > 0 ? new TokenBucket(perSecond, burst, nowNanos) : null;
  }
}
