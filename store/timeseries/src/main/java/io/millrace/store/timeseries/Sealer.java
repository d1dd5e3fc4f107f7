package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Cursor;
import io.millrace.store.commit.Family;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns heads into blocks, on a thread of its own, when many points have come together.
///
/// Blocks and latest values are written first, then the log of the epoch is dropped, which makes
/// all of it durable. A crash in between repeats the seal after the next start, which changes
/// nothing.
final class Sealer {
  private static final Logger log = LoggerFactory.getLogger(Sealer.class);
  private static final long COMMIT_BYTES = 256 << 10; // senders' commits wait behind it
  private static final long SETTLE_TIMEOUT_MS = 10_000;
  private static final long RETRY_SECONDS = 5;

  private final CommitStore store;
  private final KeyDictionary keys;
  private final Heads heads;
  private final BlockRows rows;
  private final BlockWriter writer;
  private final Semaphore wanted = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Threads.platform("telemetry-sealer", this::run);

  Sealer(CommitStore store, KeyDictionary keys, Heads heads, BlockRows rows) {
    this.store = store;
    this.keys = keys;
    this.heads = heads;
    this.rows = rows;
    writer = new BlockWriter(rows);
  }

  void start() {
    thread.start();
  }

  /// Asks for a seal; returns at once.
  void sealSoon() {
    if (wanted.availablePermits() == 0) {
      wanted.release();
    }
  }

  /// Ends the thread.
  void close() {
    closing.countDown();
    wanted.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Seals what has come so far; when that fails, says so, and the log keeps it all.
  ///
  /// @return whether it is sealed now
  synchronized boolean seal() {
    try {
      var epoch = heads.toSeal();
      if (!epoch.freeze(SETTLE_TIMEOUT_MS)) {
        throw new IllegalStateException(
            "A commit with telemetry was open for more than " + SETTLE_TIMEOUT_MS + " ms");
      }
      seal(epoch);
      heads.sealed();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      log.warn("Telemetry was not sealed and stays in the log: {}", e.getMessage(), e);
      return false;
    }
  }

  /// Deletes all blocks of a window.
  synchronized void dropAll(long window) {
    var from = Rows.window(window, false);
    var until = Rows.window(window, true);
    try (var commit = store.begin()) {
      commit.deleteRange(Family.TELEMETRY, from, until);
      commit.write();
    }
    store.reclaim(Family.TELEMETRY, from, until);
  }

  /// Deletes the keys in the blocks of a window that the test takes, and nothing else.
  synchronized void drop(long window, BiPredicate<EntityId, String> isDropped) {
    boolean isAny = false;
    boolean isMore = true;
    for (byte[] next = Rows.window(window, false); isMore; ) {
      try (var commit = store.begin();
          var cursor = rows.cursor(window, window)) {
        isMore = cursor.at(next);
        while (isMore && commit.sizeBytes() < COMMIT_BYTES) {
          writer.drop(commit, cursor.key(), cursor.value(), keys, isDropped);
          next = Arrays.copyOf(cursor.key(), cursor.key().length + 1); // the first key after it
          isMore = cursor.next();
        }
        isAny |= !commit.isEmpty();
        commit.write();
      }
    }
    if (isAny) {
      store.reclaim(Family.TELEMETRY, Rows.window(window, false), Rows.window(window, true));
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        wanted.acquire();
        while (closing.getCount() > 0 && !seal()) {
          closing.await(RETRY_SECONDS, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void seal(Epoch epoch) {
    var entities = epoch.heads().entrySet().iterator();
    while (entities.hasNext()) {
      sealSome(entities);
    }
    try (var commit = store.begin()) {
      // From the very first: after a crash one epoch may hold the records of several.
      commit.deleteRange(
          Family.TELEMETRY_LOG, LogRecord.key(0, 0), LogRecord.key(epoch.number + 1, 0));
      commit.write();
    }
  }

  /// Seals entities until a commit is full. A cursor that is older than many writes is slow, so
  /// each commit has its own.
  private void sealSome(Iterator<Map.Entry<EntityId, EntityHead>> entities) {
    try (var commit = store.begin();
        var cursor = rows.cursor(Rows.window(Long.MIN_VALUE), Rows.window(Long.MAX_VALUE))) {
      while (entities.hasNext() && commit.sizeBytes() < COMMIT_BYTES) {
        var next = entities.next();
        var erasures = next.getValue().erasures();
        if (erasures.isEmpty()) {
          seal(commit, cursor, next.getKey(), next.getValue());
        } else {
          erase(next.getKey(), erasures);
          sealAfterErasing(next.getKey(), next.getValue());
        }
      }
      commit.writeSoon();
    }
  }

  private void sealAfterErasing(EntityId entity, EntityHead head) {
    try (var commit = store.begin();
        var cursor = rows.cursor(Rows.window(Long.MIN_VALUE), Rows.window(Long.MAX_VALUE))) {
      seal(commit, cursor, entity, head);
      commit.write();
    }
  }

  private void seal(Commit commit, Cursor cursor, EntityId entity, EntityHead head) {
    writer.add(commit, cursor, entity, head.all(keys));
    var latest = LatestRow.read(store, entity, keys);
    for (var point : head.newest()) {
      latest.merge(point.key(), point, (old, now) -> now.ts() >= old.ts() ? now : old);
    }
    if (!latest.isEmpty()) {
      commit.put(Family.TELEMETRY, Rows.latest(entity), LatestRow.encode(latest, keys));
    }
  }

  private void erase(EntityId entity, List<Erasure> erasures) {
    for (var erasure : erasures) {
      eraseBlocks(entity, erasure);
    }
    var latest = LatestRow.read(store, entity, keys);
    latest.values().removeIf(point -> isErased(point, erasures));
    for (var erasure : erasures) {
      if (erasure.keyId() != Erasure.ALL) {
        newest(entity, keys.of(erasure.keyId())).forEach(point -> latest.put(point.key(), point));
      }
    }
    try (var commit = store.begin()) {
      if (latest.isEmpty()) {
        commit.delete(Family.TELEMETRY, Rows.latest(entity));
      } else {
        commit.put(Family.TELEMETRY, Rows.latest(entity), LatestRow.encode(latest, keys));
      }
      commit.write();
    }
  }

  private void eraseBlocks(EntityId entity, Erasure erasure) {
    long first = Rows.window(erasure.fromTs());
    long last = Rows.window(erasure.untilTs() - 1);
    try (var commit = store.begin();
        var cursor = rows.cursor(first, last)) {
      for (var windows = rows.windows(cursor, entity, first, last); windows.next(); ) {
        writer.erase(commit, entity, windows.blocks(), erasure);
      }
      commit.write();
    }
  }

  private List<Point> newest(EntityId entity, TelemetryKey key) {
    var query = RangeQuery.newest(key.name, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    var series = rows.read(entity, key.id, query, List.of());
    int last = series.size() - 1;
    return last < 0 ? List.of() : List.of(new Point(key.name, series.ts(last), series.value(last)));
  }

  private boolean isErased(Point point, List<Erasure> erasures) {
    var key = keys.find(point.key());
    return key != null && erasures.stream().anyMatch(e -> e.covers(key.id, point.ts()));
  }
}
