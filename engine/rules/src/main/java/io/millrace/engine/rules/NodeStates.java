package io.millrace.engine.rules;

import io.millrace.base.json.JsonBytes;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What a node remembers about an originator between messages: one JSON value each.
///
/// Row: originator, node id → value. Seen and written by the originator's partition thread only,
/// with what is not committed yet.
public final class NodeStates {
  private final CommitStore store;
  private final Map<Place, JsonValue> uncommitted = new ConcurrentHashMap<>();

  public NodeStates(CommitStore store) {
    this.store = store;
  }

  private record Place(EntityId originator, UUID nodeId) {
    byte[] row() {
      return ByteBuffer.allocate(EntityId.BYTES + 2 * Long.BYTES)
          .put(originator.bytes())
          .putLong(nodeId.getMostSignificantBits())
          .putLong(nodeId.getLeastSignificantBits())
          .array();
    }
  }

  public Optional<JsonValue> find(EntityId originator, UUID nodeId) {
    var place = new Place(originator, nodeId);
    var changed = uncommitted.get(place);
    if (changed != null) {
      return Optional.of(changed);
    }
    var row = store.get(Family.NODE_STATE, place.row());
    return row == null ? Optional.empty() : Optional.of(JsonBytes.decode(row));
  }

  public void save(Commit commit, EntityId originator, UUID nodeId, JsonValue state) {
    var place = new Place(originator, nodeId);
    commit.put(Family.NODE_STATE, place.row(), JsonBytes.encode(state));
    var before = uncommitted.put(place, state);
    commit.onDurable(() -> uncommitted.remove(place)); // the whole commit is durable
    commit.onRefused(
        () -> {
          if (before == null) {
            uncommitted.remove(place);
          } else {
            uncommitted.put(place, before);
          }
        });
  }

  /// Forgets everything about an originator, as when it is deleted itself.
  public void deleteAll(Commit commit, EntityId originator) {
    var prefix = originator.bytes();
    commit.deleteRange(Family.NODE_STATE, prefix, CommitStore.after(prefix));
  }
}
