package io.millrace.engine.rpc;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;

/// ThingsBoard's JSON of an entity's id.
final class EntityRef {
  private EntityRef() {}

  static JsonObject json(EntityId id) {
    return JsonObject.builder()
        .put("entityType", id.type().name())
        .put("id", id.id().toString())
        .build();
  }

  static EntityId read(JsonObject of, String name) {
    var id = of.get(name) instanceof JsonObject object ? object : JsonObject.EMPTY;
    return EntityId.of(EntityType.valueOf(id.text("entityType", "")), id.text("id", ""));
  }
}
