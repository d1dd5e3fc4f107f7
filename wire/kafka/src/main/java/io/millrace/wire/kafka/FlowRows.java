package io.millrace.wire.kafka;

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

/// The settings of flows of one kind, as people gave them.
final class FlowRows {
  /// One flow's settings.
  record Row(EntityId tenant, UUID id, JsonObject settings) {}

  private final CommitStore store;
  private final byte kind;

  FlowRows(CommitStore store, char kind) {
    this.store = store;
    this.kind = (byte) kind;
  }

  List<Row> all() {
    var rows = new ArrayList<Row>();
    var prefix = new byte[] {kind};
    store.scan(
        Family.KAFKA,
        prefix,
        CommitStore.after(prefix),
        (key, value) -> {
          var from = ByteBuffer.wrap(key, 1, key.length - 1);
          var tenant = new EntityId(EntityType.TENANT, new UUID(from.getLong(), from.getLong()));
          var id = new UUID(from.getLong(), from.getLong());
          rows.add(new Row(tenant, id, (JsonObject) Json.parse(value)));
          return true;
        });
    return rows;
  }

  void save(Row row) {
    try (var commit = store.begin()) {
      commit.put(Family.KAFKA, key(row.tenant, row.id), Json.bytes(row.settings));
      commit.write();
    }
  }

  void delete(EntityId tenant, UUID id) {
    try (var commit = store.begin()) {
      commit.delete(Family.KAFKA, key(tenant, id));
      new PlaceRows(store, id).deleteAll(commit);
      ExportQueue.deleteAll(commit, id);
      commit.write();
    }
  }

  private byte[] key(EntityId tenant, UUID id) {
    return ByteBuffer.allocate(33)
        .put(kind)
        .putLong(tenant.id().getMostSignificantBits())
        .putLong(tenant.id().getLeastSignificantBits())
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
