package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityStore;
import org.jspecify.annotations.Nullable;

/// The pieces that ThingsBoard's JSON of every entity shares.
final class EntityJson {
  private EntityJson() {}

  static JsonObject id(EntityId id) {
    return JsonObject.builder()
        .put("entityType", id.type().name())
        .put("id", id.id().toString())
        .build();
  }

  static JsonValue idOrNull(@Nullable EntityId id) {
    return id == null ? JsonNull.NULL : id(id);
  }

  /// ThingsBoard: "no customer" is the null UUID.
  static JsonObject customer(@Nullable EntityId id) {
    return id(id == null ? new EntityId(EntityType.CUSTOMER, EntityStore.SYSTEM_TENANT.id()) : id);
  }

  static JsonValue infoOrNull(JsonObject info) {
    return info.isEmpty() ? JsonNull.NULL : info;
  }

  static JsonValue textOrNull(String text) {
    return text.isEmpty() ? JsonNull.NULL : new JsonString(text);
  }
}
