package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pieces that ThingsBoard's JSON of every entity shares.
final class EntityJson {
  /// Fields of every entity that have a place of their own.
  private static final Set<String> OWN =
      Set.of(
          "id",
          "createdTime",
          "tenantId",
          "customerId",
          "name",
          "title",
          "version",
          "default",
          "externalId",
          "assignedCustomers");

  private EntityJson() {}

  static JsonObject id(EntityId id) {
    return JsonObject.builder()
        .put("entityType", id.type().name())
        .put("id", id.id().toString())
        .build();
  }

  /// A reference that came in two parts, as `fromType` and `fromId`.
  static EntityId read(String name, String type, String id) {
    var typeName = name.endsWith("Id") ? name.substring(0, name.length() - 2) + "Type" : name;
    return new EntityId(Request.choice(typeName, EntityType.class, type), Request.uuid(name, id));
  }

  /// A reference as `{"entityType":…,"id":…}`.
  static EntityId read(String name, JsonObject json) {
    if (json.isEmpty()) {
      throw HttpError.badField(name, "should be specified!");
    }
    return read(name, json.text("entityType", ""), json.text("id", ""));
  }

  /// What is kept of a body beside the fields that every entity has; what it leaves out stays.
  static JsonObject details(JsonObject before, JsonObject body) {
    var details = before.toBuilder();
    body.forEach(
        (name, value) -> {
          if (!OWN.contains(name)) {
            details.put(name, value);
          }
        });
    return details.build();
  }

  /// EntitySubtype: one of the types in use.
  static JsonObject subtype(EntityId tenant, EntityType type, String name) {
    return JsonObject.builder()
        .put("tenantId", id(tenant))
        .put("entityType", type.name())
        .put("type", name)
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
