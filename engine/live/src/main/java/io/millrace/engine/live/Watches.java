package io.millrace.engine.live;

import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;

/// The watches of one kind of change, by entity. Any thread.
final class Watches<C> {
  private final Map<EntityId, List<PendingWatch<C, ?>>> byEntity = new ConcurrentHashMap<>();
  private final Function<C, Object> key;
  private final LongAdder collapsed;

  /// @param key of two changes with the same one, a slow watcher needs only the later
  Watches(Function<C, Object> key, LongAdder collapsed) {
    this.key = key;
    this.collapsed = collapsed;
  }

  <T> Watch<T> add(
      EntityId entity, Config config, Predicate<C> wanted, Runnable news, Function<C, T> shown) {
    var watch =
        new PendingWatch<>(
            config,
            new PendingWatch.Taste<>(wanted, key, shown),
            news,
            collapsed,
            gone -> remove(entity, gone));
    byEntity.compute(
        entity,
        (_, all) -> {
          var more = new ArrayList<PendingWatch<C, ?>>(all == null ? List.of() : all);
          more.add(watch);
          return List.copyOf(more);
        });
    return watch;
  }

  boolean isWatched(EntityId entity) {
    return byEntity.containsKey(entity);
  }

  void tell(EntityId entity, List<C> changes) {
    var watches = byEntity.get(entity);
    if (watches != null) { // hot path: nearly nobody watches
      for (var watch : watches) {
        watch.add(changes);
      }
    }
  }

  long count() {
    return byEntity.values().stream().mapToLong(List::size).sum();
  }

  private void remove(EntityId entity, PendingWatch<C, ?> gone) {
    byEntity.computeIfPresent(
        entity,
        (_, all) -> {
          var rest = all.stream().filter(one -> one != gone).toList();
          return rest.isEmpty() ? null : rest;
        });
  }
}
