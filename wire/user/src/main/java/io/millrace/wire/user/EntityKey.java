package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.AttributeScope;
import io.millrace.wire.http.HttpError;
import java.util.List;

/// What a query reads of an entity: `{"type":"TIME_SERIES","key":"temperature"}`.
record EntityKey(Type type, String key) {
  /// Where a key's value comes from; the names are ThingsBoard's.
  enum Type {
    ATTRIBUTE,
    CLIENT_ATTRIBUTE,
    SHARED_ATTRIBUTE,
    SERVER_ATTRIBUTE,
    TIME_SERIES,
    CONSTANT,
    ENTITY_FIELD,
    ALARM_FIELD;

    /// The scopes that are looked into, in this order; none when it is no attribute.
    List<AttributeScope> scopes() {
      return switch (this) {
        case ATTRIBUTE ->
            List.of(
                AttributeScope.SERVER_SCOPE,
                AttributeScope.SHARED_SCOPE,
                AttributeScope.CLIENT_SCOPE);
        case CLIENT_ATTRIBUTE -> List.of(AttributeScope.CLIENT_SCOPE);
        case SHARED_ATTRIBUTE -> List.of(AttributeScope.SHARED_SCOPE);
        case SERVER_ATTRIBUTE -> List.of(AttributeScope.SERVER_SCOPE);
        case TIME_SERIES, CONSTANT, ENTITY_FIELD, ALARM_FIELD -> List.of();
      };
    }
  }

  static EntityKey of(JsonObject json) {
    return new EntityKey(
        Request.choice("key.type", Type.class, json.text("type", "")), json.text("key", ""));
  }

  static List<EntityKey> list(JsonObject json, String name) {
    if (!(json.get(name) instanceof JsonArray list)) {
      return List.of();
    }
    return list.values().stream()
        .map(
            each -> {
              if (each instanceof JsonObject key) {
                return of(key);
              }
              throw HttpError.badField(name, "is not a list of {type, key}");
            })
        .toList();
  }
}
