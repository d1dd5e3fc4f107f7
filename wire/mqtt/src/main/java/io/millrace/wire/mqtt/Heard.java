package io.millrace.wire.mqtt;

import java.time.Duration;

/// When a client was last heard, for its keep alive. On the connection's event loop.
///
/// Whole packets count, single bytes do not: a client that sends one now and then to hold its
/// socket open is given up. A long packet on a slow line counts with every thousand bytes of it, as
/// with Mosquitto.
final class Heard {
  private static final int PROGRESS_BYTES = 1000;
  private final long openedNanos;
  private long lastNanos;
  private int unfinishedBytes;

  Heard(long nowNanos) {
    openedNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /// Something was read.
  ///
  /// @param packets true when it made at least one packet whole
  void read(int bytes, boolean packets, long nowNanos) {
    unfinishedBytes += bytes;
    if (packets || unfinishedBytes >= PROGRESS_BYTES) {
      restart(nowNanos);
    }
  }

  /// Reading goes on after a pause that was not the client's fault.
  void restart(long nowNanos) {
    lastNanos = nowNanos;
    unfinishedBytes = 0;
  }

  /// Counted from the beginning: bytes that trickle in do not hold a socket open.
  boolean isLate(Duration timeout, long nowNanos) {
    return nowNanos - openedNanos > timeout.toNanos();
  }

  /// [MQTT-3.1.2-22] no packet for one and a half times the keep alive.
  ///
  /// @param keepAlive in seconds; 0 is off
  boolean isSilent(int keepAlive, long nowNanos) {
    return keepAlive > 0 && (nowNanos - lastNanos) / 1_000_000 > keepAlive * 1500L;
  }
}
