package io.millrace.engine.alarms;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rows of alarms and their indexes; drawn in `docs/formats/alarms.md`.
///
/// `A` id: the alarm. `O` originator, created, id: its history. `T` tenant, created, id: likewise.
/// `W` id, kind, severity: why it changed. `Y` tenant, created, id: those that are active. `X`
// originator, type: id of the active one.
final class AlarmRows {
  private static final int ID_BYTES = 16;
  private static final byte[] NOTHING = {};
  private final CommitStore store;

  AlarmRows(CommitStore store) {
    this.store = store;
  }

  /// Which of the lists in order of creation.
  enum Index {
    ORIGINATOR('O'),
    TENANT('T'),
    TENANT_ACTIVE('Y');

    private final char letter;

    Index(char letter) {
      this.letter = letter;
    }
  }

  void insert(Commit commit, Alarm alarm) {
    commit.put(Family.ALARMS, listed(Index.ORIGINATOR, alarm.originator(), alarm), NOTHING);
    commit.put(Family.ALARMS, listed(Index.TENANT, alarm.tenantId(), alarm), NOTHING);
    commit.put(Family.ALARMS, listed(Index.TENANT_ACTIVE, alarm.tenantId(), alarm), NOTHING);
    commit.put(
        Family.ALARMS, active(alarm.originator(), alarm.type()), put(ID_BYTES, alarm.id()).array());
    update(commit, alarm);
  }

  void update(Commit commit, Alarm alarm) {
    late(commit).put(commit, alarm.id(), "", row(alarm.id()), () -> alarm.toJson());
  }

  private LateRows late(Commit commit) {
    return commit.note(this, LateRows.class, () -> new LateRows(commit));
  }

  /// Takes the alarm out of the indexes of active ones.
  void retire(Commit commit, Alarm alarm) {
    commit.delete(Family.ALARMS, listed(Index.TENANT_ACTIVE, alarm.tenantId(), alarm));
    commit.delete(Family.ALARMS, active(alarm.originator(), alarm.type()));
  }

  void delete(Commit commit, Alarm alarm) {
    if (!alarm.cleared()) {
      retire(commit, alarm);
    }
    commit.delete(Family.ALARMS, listed(Index.ORIGINATOR, alarm.originator(), alarm));
    commit.delete(Family.ALARMS, listed(Index.TENANT, alarm.tenantId(), alarm));
    late(commit).drop(commit, alarm.id());
    commit.delete(Family.ALARMS, row(alarm.id()));
    var reasons = reasons(alarm.id());
    commit.deleteRange(Family.ALARMS, reasons, CommitStore.after(reasons));
  }

  /// The reason of a change; a later one of the same kind and severity takes its place, which is
  /// what bounds them.
  void explain(Commit commit, AlarmChange change, Supplier<JsonObject> reason) {
    var name = change.kind() + " " + change.alarm().severity();
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    var id = change.alarm().id();
    var key = put(1 + ID_BYTES + bytes.length, reasons(id)).put(bytes).array();
    late(commit).put(commit, id, name, key, reason);
  }

  List<JsonObject> reasonsOf(UUID alarmId) {
    var found = new ArrayList<JsonObject>();
    var prefix = reasons(alarmId);
    store.scan(
        Family.ALARMS,
        prefix,
        CommitStore.after(prefix),
        (_, value) -> {
          if (Json.parse(value) instanceof JsonObject reason) {
            found.add(reason);
          }
          return true;
        });
    return found;
  }

  private static byte[] reasons(UUID alarmId) {
    return ByteBuffer.allocate(1 + ID_BYTES)
        .put((byte) 'W')
        .put(put(ID_BYTES, alarmId).flip())
        .array();
  }

  Optional<Alarm> find(UUID id) {
    return Optional.ofNullable(read(store.get(Family.ALARMS, row(id))));
  }

  Optional<Alarm> findActive(EntityId originator, String type) {
    var id = store.get(Family.ALARMS, active(originator, type));
    return id == null ? Optional.empty() : find(id(ByteBuffer.wrap(id)));
  }

  /// Walks one index by time of creation, both ends inclusive.
  ///
  /// @param take is given the time and the id; false stops
  void scan(
      Index index,
      EntityId of,
      long fromTs,
      long untilTs,
      boolean ascending,
      BiPredicate<Long, UUID> take) {
    var prefix = put(1 + EntityId.BYTES, (byte) index.letter, of).array();
    var from = put(prefix.length + Long.BYTES, prefix).putLong(Math.max(fromTs, 0)).array();
    var until =
        untilTs == Long.MAX_VALUE
            ? CommitStore.after(prefix)
            : put(prefix.length + Long.BYTES, prefix).putLong(untilTs + 1).array();
    CommitStore.Row row =
        (key, value) -> {
          var rest = ByteBuffer.wrap(key).position(prefix.length);
          return take.test(rest.getLong(), id(rest));
        };
    if (ascending) {
      store.scan(Family.ALARMS, from, until, row);
    } else {
      store.scanDown(Family.ALARMS, from, until, row);
    }
  }

  private static @Nullable Alarm read(byte @Nullable [] row) {
    return row != null && Json.parse(row) instanceof JsonObject json ? AlarmJson.read(json) : null;
  }

  private static byte[] row(UUID id) {
    return ByteBuffer.allocate(1 + ID_BYTES).put((byte) 'A').put(put(ID_BYTES, id).flip()).array();
  }

  private static byte[] active(EntityId originator, String type) {
    var name = type.getBytes(StandardCharsets.UTF_8);
    return put(1 + EntityId.BYTES + name.length, (byte) 'X', originator).put(name).array();
  }

  private static byte[] listed(Index index, EntityId of, Alarm alarm) {
    return put(1 + EntityId.BYTES + Long.BYTES + ID_BYTES, (byte) index.letter, of)
        .putLong(alarm.createdTime())
        .put(put(ID_BYTES, alarm.id()).flip())
        .array();
  }

  private static ByteBuffer put(int bytes, byte letter, EntityId id) {
    return ByteBuffer.allocate(bytes).put(letter).put(id.bytes());
  }

  private static ByteBuffer put(int bytes, byte[] start) {
    return ByteBuffer.allocate(bytes).put(start);
  }

  private static ByteBuffer put(int bytes, UUID id) {
    return ByteBuffer.allocate(bytes)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits());
  }

  private static UUID id(ByteBuffer from) {
    return new UUID(from.getLong(), from.getLong());
  }
}
