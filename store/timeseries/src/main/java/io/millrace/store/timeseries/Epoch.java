package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The heads of all entities between two seals, and the stretch of the log that they come from.
///
/// Whoever is about to write a record of this epoch [#enter]s and [#leave]s when its commit is
/// settled, so that the sealer knows when the frozen epoch is complete. Any thread.
final class Epoch {
  private static final long WAIT_MS = 100;

  final long number;
  private final Map<EntityId, EntityHead> heads = new ConcurrentHashMap<>();
  private final AtomicLong points = new AtomicLong();
  private final AtomicLong writers = new AtomicLong();
  private volatile boolean isFrozen;

  Epoch(long number) {
    this.number = number;
  }

  /// Counts the caller in; false when the epoch takes no more records.
  boolean enter() {
    writers.incrementAndGet();
    if (isFrozen) { // read after the increment: the sealer freezes, then looks at writers
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (writers.decrementAndGet() == 0 && isFrozen) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /// Lets nobody in any more and waits for those who are.
  ///
  /// @return false when somebody is still there after about `timeoutMs`
  synchronized boolean freeze(long timeoutMs) throws InterruptedException {
    isFrozen = true;
    for (long waited = 0; writers.get() > 0 && waited < timeoutMs; waited += WAIT_MS) {
      wait(WAIT_MS);
    }
    return writers.get() == 0;
  }

  void add(EntityId entity, List<Point> saved) {
    points.addAndGet(of(entity).add(saved));
  }

  void erase(EntityId entity, String key, Erasure erasure) {
    of(entity).erase(key, erasure);
  }

  void eraseEverything(EntityId entity) {
    of(entity).eraseEverything();
  }

  @Nullable EntityHead find(EntityId entity) {
    return heads.get(entity);
  }

  Map<EntityId, EntityHead> heads() {
    return heads;
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /// How much memory is in use, in points of about 40 bytes.
  long points() {
    return points.get();
  }

  private EntityHead of(EntityId entity) {
    var head = heads.get(entity); // computeIfAbsent locks even when it is there
    return head == null ? heads.computeIfAbsent(entity, this::newHead) : head;
  }

  private EntityHead newHead(EntityId entity) {
    points.addAndGet(EntityHead.ENTITY_COST);
    return new EntityHead();
  }
}
