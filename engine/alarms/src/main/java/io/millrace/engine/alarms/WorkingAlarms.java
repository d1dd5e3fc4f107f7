package io.millrace.engine.alarms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Alarms as partition threads see them: with what is decided but not yet committed.
///
/// Each originator is touched by its own partition thread only; the maps are concurrent because
/// partitions share them. What is undecided lives until its commit is durable or refused; what is
/// settled is a bounded cache over the rows.
final class WorkingAlarms {
  private final AlarmRows rows;
  private final Map<Slot, Held> undecidedActive = new ConcurrentHashMap<>();
  private final Map<UUID, Held> undecided = new ConcurrentHashMap<>();
  private final Cache<Slot, Held> settledActive;

  WorkingAlarms(AlarmRows rows, long activeCached) {
    this.rows = rows;
    this.settledActive = Caffeine.newBuilder().maximumSize(activeCached).build();
  }

  /// The place that at most one active alarm has.
  private record Slot(EntityId originator, String type) {}

  /// An alarm or the knowledge that there is none.
  private static final class Held {
    private final @Nullable Alarm alarm;

    Held(@Nullable Alarm alarm) {
      this.alarm = alarm;
    }

    Optional<Alarm> get() {
      return Optional.ofNullable(alarm);
    }
  }

  Optional<Alarm> active(EntityId originator, String type) {
    var slot = new Slot(originator, type);
    var now = undecidedActive.get(slot);
    return now != null ? now.get() : settledActive.get(slot, this::read).get();
  }

  Optional<Alarm> find(UUID id) {
    var now = undecided.get(id);
    return now != null ? now.get() : rows.find(id);
  }

  /// Shows that state from now on, for good if the commit becomes durable.
  ///
  /// @param after null when the alarm is deleted
  void show(Commit commit, Alarm before, @Nullable Alarm after) {
    var slot = new Slot(before.originator(), before.type());
    hold(commit, undecided, before.id(), new Held(after));
    if (before.cleared()) {
      return; // what is cleared has left its slot, maybe to a newer one
    }
    var active = new Held(after == null || after.cleared() ? null : after);
    commit.onDurable(() -> settledActive.put(slot, active));
    hold(commit, undecidedActive, slot, active);
  }

  private static <K> void hold(Commit commit, Map<K, Held> held, K key, Held state) {
    var previous = held.put(key, state);
    commit.onDurable(() -> held.remove(key, state));
    commit.onRefused(
        () -> {
          if (previous == null) {
            held.remove(key, state);
          } else {
            held.put(key, previous);
          }
        });
  }

  private Held read(Slot slot) {
    return new Held(rows.findActive(slot.originator(), slot.type()).orElse(null));
  }
}
