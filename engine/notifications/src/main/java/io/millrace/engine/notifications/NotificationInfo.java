package io.millrace.engine.notifications;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.EntityStore;
import java.util.Locale;
import java.util.Optional;

/// What ThingsBoard tells of a thing that happened: its NotificationInfo, and the words for
/// templates.
final class NotificationInfo {
  private final EntityStore entities;

  NotificationInfo(EntityStore entities) {
    this.entities = entities;
  }

  /// `type`, `info`, `data`, `customer`, `user`, `severity`, `alarmId`; those that there are.
  JsonObject of(Trigger happened) {
    var told =
        JsonObject.builder()
            .put("type", happened.type())
            .put("originator", id(happened.originator()));
    customer(happened.originator()).ifPresent(id -> told.put("customer", id.id().toString()));
    return switch (happened.type()) {
      case "ALARM", "ALARM_ASSIGNMENT", "ALARM_COMMENT" -> alarm(happened, told);
      default -> entity(happened, told);
    };
  }

  private JsonObject alarm(Trigger happened, JsonObject.Builder told) {
    var body = happened.body();
    var alarmId = body.get("id") instanceof JsonObject json ? json.text("id", "") : "";
    var action = happened.action().toLowerCase(Locale.ROOT).replace('_', ' ');
    var name = name(happened.originator());
    var data =
        JsonObject.builder()
            .put("alarmType", happened.alarmType())
            .put("action", action)
            .put("alarmId", alarmId)
            .put("alarmSeverity", happened.severity().toLowerCase(Locale.ROOT))
            .put("alarmStatus", body.text("status", ""))
            .put("alarmOriginatorEntityType", typeName(happened.originator()))
            .put("alarmOriginatorName", name)
            .put("alarmOriginatorLabel", label(happened.originator()))
            .put("alarmOriginatorId", happened.originator().id().toString())
            .put("userName", body.text("userName", ""))
            .put("userEmail", body.text("userEmail", ""))
            .put("comment", body.text("comment", ""));
    if (body.get("details") instanceof JsonObject details) {
      details.forEach((key, value) -> data.put("details." + key, value.asText()));
    }
    var info =
        JsonObject.builder()
            .put("type", happened.type())
            .put("alarmType", happened.alarmType())
            .put("action", action)
            .put("alarmId", alarmId)
            .put("alarmOriginator", id(happened.originator()))
            .put("alarmOriginatorName", name)
            .put("alarmSeverity", happened.severity())
            .put("alarmStatus", body.text("status", ""))
            .put("acknowledged", happened.isAcknowledged())
            .put("cleared", happened.isCleared());
    assignee(body).ifPresent(user -> told.put("user", user));
    return told.put("alarmId", alarmId)
        .put("severity", happened.severity())
        .put("info", info.build())
        .put("data", data.build())
        .build();
  }

  private static Optional<String> assignee(JsonObject body) {
    return body.get("assigneeId") instanceof JsonObject id
        ? Optional.of(id.text("id", ""))
        : Optional.empty();
  }

  private JsonObject entity(Trigger happened, JsonObject.Builder told) {
    var entity = happened.originator();
    var name = name(entity);
    if (name.isEmpty()) {
      name = happened.body().text("name", "");
    }
    var profile = happened.body().text("type", "");
    boolean isActivity = happened.type().equals("DEVICE_ACTIVITY");
    var data =
        JsonObject.builder()
            .put("entityType", typeName(entity))
            .put("entityId", entity.id().toString())
            .put("entityName", name)
            .put("actionType", happened.action())
            .put("userName", happened.body().text("userName", ""))
            .put("userEmail", happened.body().text("userEmail", ""))
            .put("deviceId", entity.id().toString())
            .put("deviceName", name)
            .put("deviceLabel", label(entity))
            .put("deviceType", profile)
            .put("eventType", happened.action().equals("ACTIVE") ? "active" : "inactive")
            .build();
    var info =
        JsonObject.builder()
            .put("type", happened.type())
            .put("entityId", id(entity))
            .put("entityName", name)
            .put(isActivity ? "active" : "actionType", action(happened, isActivity));
    return told.put("info", info.build()).put("data", data).build();
  }

  private static JsonValue action(Trigger happened, boolean isActivity) {
    return isActivity
        ? io.millrace.base.json.JsonBoolean.of(happened.action().equals("ACTIVE"))
        : new JsonString(happened.action().toUpperCase(Locale.ROOT));
  }

  private static JsonObject id(EntityId id) {
    return JsonObject.builder()
        .put("entityType", id.type().name())
        .put("id", id.id().toString())
        .build();
  }

  private static String typeName(EntityId id) {
    var words = id.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private String name(EntityId id) {
    return switch (id.type()) {
      case DEVICE -> entities.devices().find(id).map(each -> each.name()).orElse("");
      case ASSET -> entities.assets().find(id).map(each -> each.name()).orElse("");
      case CUSTOMER -> entities.customers().find(id).map(each -> each.title()).orElse("");
      case TENANT -> entities.tenants().find(id).map(each -> each.title()).orElse("");
      default -> "";
    };
  }

  private String label(EntityId id) {
    return switch (id.type()) {
      case DEVICE -> entities.devices().find(id).map(each -> each.label()).orElse("");
      case ASSET -> entities.assets().find(id).map(each -> each.label()).orElse("");
      default -> "";
    };
  }

  private Optional<EntityId> customer(EntityId id) {
    return switch (id.type()) {
      case DEVICE ->
          entities.devices().find(id).flatMap(each -> Optional.ofNullable(each.customerId()));
      case ASSET ->
          entities.assets().find(id).flatMap(each -> Optional.ofNullable(each.customerId()));
      case CUSTOMER -> Optional.of(id);
      default -> Optional.empty();
    };
  }

  static JsonValue orNull(@org.jspecify.annotations.Nullable JsonValue value) {
    return value == null ? JsonNull.NULL : value;
  }
}
