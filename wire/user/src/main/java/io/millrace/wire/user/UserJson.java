package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.store.entities.User;

/// ThingsBoard's JSON of a user.
final class UserJson {
  private UserJson() {}

  static JsonObject of(User user) {
    return JsonObject.builder()
        .put("id", EntityJson.id(user.id()))
        .put("createdTime", user.createdTime())
        .put("tenantId", EntityJson.id(user.tenantId()))
        .put("customerId", EntityJson.customer(user.customerId()))
        .put("email", user.email())
        .put("authority", user.authority().name())
        .put("firstName", EntityJson.textOrNull(user.firstName()))
        .put("lastName", EntityJson.textOrNull(user.lastName()))
        .put("phone", EntityJson.textOrNull(user.phone()))
        .put("version", user.version())
        .put("name", user.email())
        .put("additionalInfo", EntityJson.infoOrNull(user.additionalInfo()))
        .build();
  }
}
