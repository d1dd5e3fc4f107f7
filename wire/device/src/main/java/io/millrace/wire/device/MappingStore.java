package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Mappings that administrators made: key = tenant's UUID and its own, value = its JSON.
final class MappingStore {
  private final CommitStore store;

  MappingStore(CommitStore store) {
    this.store = store;
  }

  /// A tenant's mapping.
  record Kept(EntityId tenant, TopicMapping mapping) {}

  List<Kept> all() {
    var all = new ArrayList<Kept>();
    store.scan(
        Family.MAPPINGS,
        new byte[0],
        new byte[] {(byte) 0xff, (byte) 0xff},
        (key, json) -> {
          var ids = ByteBuffer.wrap(key);
          var tenant = new EntityId(EntityType.TENANT, new UUID(ids.getLong(), ids.getLong()));
          var id = new UUID(ids.getLong(), ids.getLong()).toString();
          if (Json.parse(json) instanceof JsonObject shape) {
            all.add(new Kept(tenant, TopicMapping.of(id, shape)));
          }
          return true;
        });
    return all;
  }

  void save(EntityId tenant, TopicMapping mapping) {
    try (var commit = store.begin()) {
      commit.put(Family.MAPPINGS, key(tenant, mapping.id()), Json.bytes(mapping.toJson()));
      commit.write();
    }
  }

  void delete(EntityId tenant, String id) {
    try (var commit = store.begin()) {
      commit.delete(Family.MAPPINGS, key(tenant, id));
      commit.write();
    }
  }

  private static byte[] key(EntityId tenant, String id) {
    var uuid = UUID.fromString(id);
    return ByteBuffer.allocate(32)
        .putLong(tenant.id().getMostSignificantBits())
        .putLong(tenant.id().getLeastSignificantBits())
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
