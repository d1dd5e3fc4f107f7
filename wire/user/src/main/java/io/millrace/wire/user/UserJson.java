package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.User;

/// ThingsBoard's JSON of a user.
final class UserJson {
  private UserJson() {}

  /// Whoever follows a public link.
  static JsonObject ofPublic(Caller caller) {
    return JsonObject.builder()
        .put("id", EntityJson.id(caller.userId()))
        .put("tenantId", EntityJson.id(caller.tenantId()))
        .put("customerId", EntityJson.customer(caller.customerId()))
        .put("email", JsonNull.NULL)
        .put("authority", caller.authority().name())
        .put("role", caller.role().name())
        .put("firstName", "Public")
        .put("lastName", "Public")
        .put("name", "Public")
        .put("additionalInfo", JsonObject.of("isPublic", JsonBoolean.TRUE))
        .build();
  }

  /// What others may see of a user: ThingsBoard's UserEmailInfo.
  static JsonObject brief(User user) {
    return JsonObject.builder()
        .put("id", EntityJson.id(user.id()))
        .put("email", user.email())
        .put("firstName", EntityJson.textOrNull(user.firstName()))
        .put("lastName", EntityJson.textOrNull(user.lastName()))
        .build();
  }

  static JsonObject of(User user) {
    return JsonObject.builder()
        .put("id", EntityJson.id(user.id()))
        .put("createdTime", user.createdTime())
        .put("tenantId", EntityJson.id(user.tenantId()))
        .put("customerId", EntityJson.customer(user.customerId()))
        .put("email", user.email())
        .put("authority", user.authority().name())
        .put("role", user.role().name())
        .put("enabled", user.enabled())
        .put("firstName", EntityJson.textOrNull(user.firstName()))
        .put("lastName", EntityJson.textOrNull(user.lastName()))
        .put("phone", EntityJson.textOrNull(user.phone()))
        .put("version", user.version())
        .put("name", user.email())
        .put("additionalInfo", EntityJson.infoOrNull(user.additionalInfo()))
        .build();
  }
}
