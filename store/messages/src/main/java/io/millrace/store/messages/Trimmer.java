package io.millrace.store.messages;

import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreFullException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the log within its age and its space: keys begin with time, so the oldest go as a range.
final class Trimmer {
  private static final Logger log = LoggerFactory.getLogger(Trimmer.class);
  private static final double FULL = 0.9; // what is left after dropping for space
  private static final long STEP_MS = 1_000;
  private static final int STEPS = 64; // dropping costs: not for every message

  private final CommitStore store;
  private final Config config;
  private final Clock clock;
  private volatile long oldest;

  Trimmer(CommitStore store, Config config, Clock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
    oldest = Math.min(first(Family.MESSAGES), first(Family.PUBLISHES));
  }

  /// No message is older; 0 when the log is empty.
  long oldest() {
    return oldest == Long.MAX_VALUE ? 0 : oldest;
  }

  long sizeBytes() {
    return sizeBytes(Family.MESSAGES) + sizeBytes(Family.PUBLISHES);
  }

  /// One at a time; blocks while files are written anew.
  synchronized void trim() {
    try {
      for (var family : List.of(Family.MESSAGES, Family.PUBLISHES)) {
        trim(family);
      }
      long first = Math.min(first(Family.MESSAGES), first(Family.PUBLISHES));
      oldest = first;
    } catch (StoreFullException e) {
      log.warn("Old messages cannot be dropped now: {}", e.getMessage());
    }
  }

  private void trim(Family family) {
    long first = first(family);
    if (first == Long.MAX_VALUE) {
      return;
    }
    long tooOld = clock.millis() - config.age().toMillis();
    long until = tooOld - first < config.age().toMillis() / STEPS ? first : tooOld;
    long bound = config.bytes() / 2;
    if (sizeBytes(family) > bound) {
      until = Math.max(until, spaceUntil(family, first, (long) (bound * FULL)));
    }
    if (until > first) {
      drop(family, Keys.from(until));
      if (family == Family.MESSAGES) {
        drop(Family.MESSAGE_INDEX, Keys.indexFrom(until));
      }
    }
  }

  private void drop(Family family, byte[] until) {
    try (var commit = store.begin()) {
      commit.deleteRange(family, new byte[0], until);
      commit.write();
    }
    store.reclaim(family, new byte[0], until);
  }

  /// The earliest time after which so much is left.
  private long spaceUntil(Family family, long first, long left) {
    long low = first;
    long high = clock.millis() + STEP_MS;
    while (high - low > STEP_MS) {
      long middle = low + (high - low) / 2;
      if (store.approximateBytes(family, Keys.from(middle), Keys.end()) > left) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private long sizeBytes(Family family) {
    return store.approximateBytes(family, new byte[0], Keys.end());
  }

  private long first(Family family) {
    long[] first = {Long.MAX_VALUE};
    store.scan(
        family,
        Keys.from(0),
        Keys.end(),
        (key, _) -> {
          first[0] = Keys.time(key);
          return false;
        });
    return first[0];
  }
}
