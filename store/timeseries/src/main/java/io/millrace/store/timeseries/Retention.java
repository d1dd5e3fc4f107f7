package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets old telemetry go: what is past its time, and the oldest days while the disk budget is
/// exceeded. Days go as a whole; latest values stay, as in ThingsBoard.
///
/// [#sweep] is called from time to time, by one thread at a time; [#status] by any.
public final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final long DAY_MS = 86_400_000;
  private static final int DAYS_MEASURED = 7;

  private final CommitStore store;
  private final Sealer sealer;
  private final BlockRows rows;
  private final RetentionPolicy policy;
  private final long budgetBytes;
  private final Clock clock;
  private final Map<Long, SortedSet<Long>> swept = new HashMap<>(); // guarded by this
  private final AtomicLong daysDropped = new AtomicLong();

  Retention(
      CommitStore store,
      Sealer sealer,
      BlockRows rows,
      RetentionPolicy policy,
      long budgetBytes,
      Clock clock) {
    this.store = store;
    this.sealer = sealer;
    this.rows = rows;
    this.policy = policy;
    this.budgetBytes = budgetBytes;
    this.clock = clock;
  }

  /// Deletes what is past its time, then the oldest days until the budget is kept.
  public synchronized void sweep() {
    expire();
    if (budgetBytes > 0) {
      keepBudget();
    }
  }

  public StorageStatus status() {
    long used = store.sizeBytes();
    long free = store.freeBytes();
    long perDay = bytesPerDay();
    long room = budgetBytes > 0 ? Math.min(free, budgetBytes - used) : free;
    var oldest = rows.windowFrom(Long.MIN_VALUE);
    return new StorageStatus(
        used,
        budgetBytes,
        free,
        oldest.isPresent() ? OptionalLong.of(oldest.getAsLong() * DAY_MS) : oldest,
        perDay,
        perDay == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, room) / perDay),
        daysDropped.get());
  }

  private void expire() {
    var times = policy.allMs();
    if (times.isEmpty()) {
      return;
    }
    long today = Rows.window(clock.millis());
    for (var window = rows.windowFrom(Long.MIN_VALUE);
        window.isPresent() && window.getAsLong() < today;
        window = rows.windowFrom(window.getAsLong() + 1)) {
      expire(window.getAsLong(), times);
    }
  }

  private void expire(long window, SortedSet<Long> times) {
    long age = clock.millis() - Rows.end(window); // of the newest point that may be in there
    var passed = times.headSet(age + 1);
    if (!passed.isEmpty() && !passed.equals(swept.get(window))) {
      sealer.drop(window, (entity, key) -> policy.keepMs(entity, key) <= age);
      swept.put(window, new TreeSet<>(passed));
    }
  }

  private void keepBudget() {
    if (store.sizeBytes() <= budgetBytes) {
      return;
    }
    store.tidy(); // old logs are no reason to drop telemetry
    store.compact(Family.TELEMETRY_LOG); // nor is what was sealed from them
    if (policy.sparesAny()) {
      dropOldest((entity, key) -> !policy.isSpared(entity, key));
    }
    dropOldest(null);
  }

  /// The newest day with telemetry always stays.
  private void dropOldest(@Nullable BiPredicate<EntityId, String> isDropped) {
    var window = rows.windowFrom(Long.MIN_VALUE);
    while (window.isPresent() && store.sizeBytes() > budgetBytes) {
      var next = rows.windowFrom(window.getAsLong() + 1);
      if (next.isEmpty()) {
        return;
      }
      if (isDropped == null) {
        sealer.dropAll(window.getAsLong());
      } else {
        sealer.drop(window.getAsLong(), isDropped);
      }
      daysDropped.incrementAndGet();
      log.info(
          "Telemetry of day {} since 1970 was dropped: the store had more than storage.budget={}"
              + " bytes",
          window.getAsLong(),
          budgetBytes);
      window = next;
    }
  }

  /// Of the last whole days; while there is none, of today.
  private long bytesPerDay() {
    long today = Rows.window(clock.millis());
    long sum = 0;
    int days = 0;
    for (var window = rows.windowFrom(today - DAYS_MEASURED);
        window.isPresent() && window.getAsLong() < today;
        window = rows.windowFrom(window.getAsLong() + 1)) {
      sum += bytes(window.getAsLong());
      days++;
    }
    return days > 0 ? sum / days : bytes(today);
  }

  private long bytes(long window) {
    return store.approximateBytes(
        Family.TELEMETRY, Rows.window(window, false), Rows.window(window, true));
  }
}
