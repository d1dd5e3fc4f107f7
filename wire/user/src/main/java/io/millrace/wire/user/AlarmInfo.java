package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.alarms.Alarm;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's AlarmInfo: an alarm with the names of its originator and assignee.
final class AlarmInfo {
  private final EntityStore entities;
  private final EntityNames names;

  AlarmInfo(EntityStore entities) {
    this.entities = entities;
    this.names = new EntityNames(entities);
  }

  JsonObject of(Alarm alarm) {
    var originator = names.of(alarm.originator());
    return alarm.toJson().toBuilder()
        .put("originatorName", EntityJson.textOrNull(originator.name()))
        .put("originatorLabel", EntityJson.textOrNull(originator.label()))
        .put(
            "originatorDisplayName",
            EntityJson.textOrNull(
                originator.label().isEmpty() ? originator.name() : originator.label()))
        .put("assignee", assignee(alarm.assigneeId()))
        .build();
  }

  private JsonValue assignee(@Nullable EntityId id) {
    return id == null
        ? JsonNull.NULL
        : entities.users().find(id).<JsonValue>map(AlarmInfo::assignee).orElse(JsonNull.NULL);
  }

  private static JsonObject assignee(User user) {
    return JsonObject.builder()
        .put("id", EntityJson.id(user.id()))
        .put("email", user.email())
        .put("firstName", EntityJson.textOrNull(user.firstName()))
        .put("lastName", EntityJson.textOrNull(user.lastName()))
        .build();
  }
}
