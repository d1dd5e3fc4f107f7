package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Server times for messages that bring none: for each device strictly increasing, so that no
/// message overwrites another of the same millisecond.
///
/// A device that sends more than one message a millisecond runs ahead of the clock. Only devices
/// whose last stamp is not yet past are remembered; those far enough ahead that a restart would
/// not let the clock catch up are kept in the store (key: entity, value: 8 bytes of ts).
/// One partition's thread.
final class Stamps {
  /// No restart is quicker than this.
  private static final long AHEAD_MS = 200;

  private static final int REMEMBERED_MIN = 10_000;

  private static final class Last {
    private final EntityId device;
    private long ts;
    private boolean stored;
    private boolean listed;

    Last(EntityId device, long ts) {
      this.device = device;
      this.ts = ts;
    }
  }

  private final Map<EntityId, Last> lasts = new HashMap<>();
  private final List<Last> ahead = new ArrayList<>();
  private int tidyAt = REMEMBERED_MIN;

  /// Takes up the stored stamps of the devices that are this partition's.
  static Stamps open(CommitStore store, Predicate<EntityId> mine) {
    var stamps = new Stamps();
    store.scan(
        Family.STAMPS,
        new byte[0],
        new byte[] {(byte) 0xff},
        (key, value) -> {
          var device = EntityId.read(ByteBuffer.wrap(key));
          if (mine.test(device)) {
            var last = new Last(device, ByteBuffer.wrap(value).getLong());
            last.stored = true;
            stamps.lasts.put(device, last);
          }
          return true;
        });
    return stamps;
  }

  /// The time of the device's next message: now, or one more than its last.
  long next(EntityId device, long now) {
    var last = lasts.get(device);
    if (last == null) {
      lasts.put(device, new Last(device, now));
      return now;
    }
    last.ts = Math.max(now, last.ts + 1);
    if (last.ts > now + AHEAD_MS && !last.listed) {
      last.listed = true;
      ahead.add(last);
    }
    return last.ts;
  }

  /// Adds to the batch's commit what a restart must know, and forgets what is past.
  void save(Commit commit, long now) {
    for (var last : ahead) {
      last.listed = false;
      last.stored = true;
      commit.put(Family.STAMPS, last.device.bytes(), bytes(last.ts));
    }
    ahead.clear();
    if (lasts.size() >= tidyAt) {
      lasts.values().removeIf(last -> forget(last, commit, now));
      tidyAt = Math.max(REMEMBERED_MIN, 2 * lasts.size());
    }
  }

  int remembered() {
    return lasts.size();
  }

  private static boolean forget(Last last, Commit commit, long now) {
    if (last.ts >= now) {
      return false;
    }
    if (last.stored) {
      commit.delete(Family.STAMPS, last.device.bytes());
    }
    return true;
  }

  private static byte[] bytes(long ts) {
    return ByteBuffer.allocate(Long.BYTES).putLong(ts).array();
  }
}
