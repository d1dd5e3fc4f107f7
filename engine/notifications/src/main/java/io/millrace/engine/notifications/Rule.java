package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.EntityStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A stored notification rule.
record Rule(Document row) {
  UUID id() {
    return row.id().id();
  }

  boolean isEnabled() {
    return row.details().get("enabled") != JsonBoolean.FALSE;
  }

  UUID template() {
    var id = object("templateId").text("id", "");
    return id.isEmpty() ? new UUID(0, 0) : UUID.fromString(id);
  }

  private JsonObject object(String name) {
    return row.details().get(name) instanceof JsonObject given ? given : JsonObject.EMPTY;
  }

  private JsonObject trigger() {
    return object("triggerConfig");
  }

  /// Whom to tell, by how many seconds later.
  Map<Long, JsonArray> targets() {
    var recipients = object("recipientsConfig");
    var table = new TreeMap<Long, JsonArray>();
    if (recipients.get("escalationTable") instanceof JsonObject escalation) {
      escalation.forEach(
          (delay, targets) -> {
            if (targets instanceof JsonArray list) {
              table.put(Long.parseLong(delay), list);
            }
          });
    } else if (recipients.get("targets") instanceof JsonArray list) {
      table.put(0L, list);
    }
    return table;
  }

  /// How long the same is told once only; -1 when the rule does not say.
  long deduplicationSeconds() {
    return object("additionalConfig").get("deduplicationInSec") instanceof JsonLong(long seconds)
        ? seconds
        : -1;
  }

  boolean takes(Trigger happened, EntityStore entities) {
    if (!isEnabled() || !row.details().text("triggerType", "").equals(happened.type())) {
      return false;
    }
    return switch (happened.type()) {
      case "ALARM", "ALARM_ASSIGNMENT" -> isAlarm(happened) && has("notifyOn", happened.action());
      case "ALARM_COMMENT" -> isAlarm(happened) && takesComment(happened);
      case "DEVICE_ACTIVITY" -> has("notifyOn", happened.action()) && isDevice(happened, entities);
      case "ENTITY_ACTION" ->
          trigger().get(happened.action()) == JsonBoolean.TRUE
              && anyOf("entityTypes", happened.originator().type().name());
      default -> false;
    };
  }

  private boolean isAlarm(Trigger happened) {
    return anyOf("alarmTypes", happened.alarmType())
        && anyOf("alarmSeverities", happened.severity())
        && isOfStatus(happened);
  }

  private boolean isOfStatus(Trigger happened) {
    return list("alarmStatuses").values().isEmpty()
        || list("alarmStatuses").values().stream()
            .anyMatch(
                status ->
                    switch (status.asText()) {
                      case "ACTIVE" -> !happened.isCleared();
                      case "CLEARED" -> happened.isCleared();
                      case "ACK" -> happened.isAcknowledged();
                      case "UNACK" -> !happened.isAcknowledged();
                      default -> true;
                    });
  }

  private boolean takesComment(Trigger happened) {
    boolean isByUser = !happened.body().text("userId", "").isEmpty();
    return (happened.action().equals("CREATED")
            || trigger().get("notifyOnCommentUpdate") == JsonBoolean.TRUE)
        && (isByUser || trigger().get("onlyUserComments") != JsonBoolean.TRUE);
  }

  private boolean isDevice(Trigger happened, EntityStore entities) {
    var device = happened.originator();
    if (device.type() != EntityType.DEVICE) {
      return false;
    }
    if (list("devices").size() > 0) {
      return anyOf("devices", device.id().toString());
    }
    return list("deviceProfiles").size() == 0
        || entities
            .devices()
            .find(device)
            .map(found -> anyOf("deviceProfiles", found.deviceProfileId().id().toString()))
            .orElse(false);
  }

  /// Whether what was told need not be escalated any more.
  boolean isSettled(boolean isCleared, boolean isAcknowledged) {
    var statuses =
        trigger().get("clearRule") instanceof JsonObject clear
                && clear.get("alarmStatuses") instanceof JsonArray list
            ? list
            : JsonArray.EMPTY;
    if (statuses.size() == 0) {
      return isCleared || isAcknowledged;
    }
    return statuses.values().stream()
        .anyMatch(
            status ->
                switch (status.asText()) {
                  case "CLEARED" -> isCleared;
                  case "ACK" -> isAcknowledged;
                  default -> false;
                });
  }

  private JsonArray list(String name) {
    return trigger().get(name) instanceof JsonArray given ? given : JsonArray.EMPTY;
  }

  /// ThingsBoard: an empty list means any.
  private boolean anyOf(String name, String value) {
    return list(name).size() == 0 || has(name, value);
  }

  private boolean has(String name, String value) {
    return list(name).values().stream().anyMatch(each -> each.asText().equals(value));
  }
}
