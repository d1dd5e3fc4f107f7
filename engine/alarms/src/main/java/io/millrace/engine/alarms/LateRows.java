package io.millrace.engine.alarms;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.Family;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rows of alarms that one commit changes, written when the commit is: the messages of one batch
/// change the same alarm many times, and only its last state and reasons are kept anyway.
final class LateRows {
  private final Map<UUID, Map<String, Row>> rows = new LinkedHashMap<>();

  LateRows(Commit commit) {
    commit.beforeWrite(() -> addTo(commit));
  }

  /// Adds one row to the commit.
  private interface Row {
    void add(Commit commit);
  }

  /// @param name tells the rows of one alarm apart
  /// @param value asked for when the commit is written, unless a later one takes its place
  void put(Commit commit, UUID alarm, String name, byte[] key, Supplier<JsonObject> value) {
    var ofAlarm = rows.computeIfAbsent(alarm, _ -> new HashMap<>(4));
    var before =
        ofAlarm.put(name, (Row) into -> into.put(Family.ALARMS, key, Json.bytes(value.get())));
    commit.onRefused(() -> restore(alarm, name, before));
  }

  private void restore(UUID alarm, String name, @Nullable Row before) {
    var ofAlarm = rows.computeIfAbsent(alarm, _ -> new HashMap<>(4));
    if (before == null) {
      ofAlarm.remove(name);
    } else {
      ofAlarm.put(name, before);
    }
  }

  /// The alarm is deleted.
  void drop(Commit commit, UUID alarm) {
    var dropped = rows.remove(alarm);
    if (dropped != null) {
      commit.onRefused(() -> rows.put(alarm, dropped));
    }
  }

  private void addTo(Commit commit) {
    for (var ofAlarm : rows.values()) {
      for (var row : ofAlarm.values()) {
        row.add(commit);
      }
    }
  }
}
