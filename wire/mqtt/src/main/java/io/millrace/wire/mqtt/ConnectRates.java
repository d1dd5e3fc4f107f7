package io.millrace.wire.mqtt;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each address connects, for the addresses seen last. Any thread.
final class ConnectRates {
  private static final int ADDRESSES_MAX = 10_000;

  private final RateLimits limits;
  private final Map<InetAddress, TokenBucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, TokenBucket> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  ConnectRates(RateLimits limits) {
    this.limits = limits;
  }

  /// False when the address connects too often.
  boolean mayConnect(SocketAddress from, long nowNanos) {
    if (limits.connectsPerSecond() == 0 || !(from instanceof InetSocketAddress internet)) {
      return true;
    }
    synchronized (buckets) {
      return buckets
          .computeIfAbsent(
              internet.getAddress(),
              _ -> new TokenBucket(limits.connectsPerSecond(), limits.burstSeconds(), nowNanos))
          .tryTake(nowNanos);
    }
  }
}
