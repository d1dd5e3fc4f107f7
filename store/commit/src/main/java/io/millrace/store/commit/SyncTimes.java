package io.millrace.store.commit;

import io.millrace.base.runtime.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the disk takes, lately; says so in the log when it is slow.
final class SyncTimes {
  private static final Logger log = LoggerFactory.getLogger(SyncTimes.class);
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long SAY_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SHARE = 8; // of the newest in the running mean

  private final AtomicLong meanNanos = new AtomicLong();
  private volatile long saidAt = Long.MIN_VALUE;

  void add(long nanos) {
    meanNanos.accumulateAndGet(nanos, (mean, newest) -> mean + (newest - mean) / SHARE);
    if (nanos > SLOW_NANOS) {
      long now = Clock.SYSTEM.nanos();
      if (saidAt == Long.MIN_VALUE || now - saidAt > SAY_AGAIN_NANOS) {
        saidAt = now;
        log.warn("The disk took {} ms for one commit; senders wait for it", nanos / 1_000_000);
      }
    }
  }

  long recentMs() {
    return meanNanos.get() / 1_000_000;
  }
}
