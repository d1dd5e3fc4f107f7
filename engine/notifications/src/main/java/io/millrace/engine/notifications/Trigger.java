package io.millrace.engine.notifications;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.RuleMessage;
import java.util.Optional;

/// Something that happened and that rules may tell of.
///
/// @param type ThingsBoard's NotificationRuleTriggerType
/// @param action what happened, in the words of that type's `notifyOn`
/// @param subject what a repetition is known by
/// @param body the message's
record Trigger(String type, String action, String subject, EntityId originator, JsonObject body) {

  /// Empty for messages that no rule can tell of.
  static Optional<Trigger> of(RuleMessage message) {
    return switch (MessageType.of(message.type())) {
      case ALARM_CREATED -> alarm(message, "ALARM", "CREATED");
      case ALARM_SEVERITY_UPDATED -> alarm(message, "ALARM", "SEVERITY_CHANGED");
      case ALARM_ACK -> alarm(message, "ALARM", "ACKNOWLEDGED");
      case ALARM_CLEAR -> alarm(message, "ALARM", "CLEARED");
      case ALARM_ASSIGNED -> alarm(message, "ALARM_ASSIGNMENT", "ASSIGNED");
      case ALARM_UNASSIGNED -> alarm(message, "ALARM_ASSIGNMENT", "UNASSIGNED");
      case COMMENT_CREATED -> alarm(message, "ALARM_COMMENT", "CREATED");
      case COMMENT_UPDATED -> alarm(message, "ALARM_COMMENT", "UPDATED");
      case ACTIVITY_EVENT -> entity(message, "DEVICE_ACTIVITY", "ACTIVE");
      case INACTIVITY_EVENT -> entity(message, "DEVICE_ACTIVITY", "INACTIVE");
      case ENTITY_CREATED -> entity(message, "ENTITY_ACTION", "created");
      case ENTITY_UPDATED -> entity(message, "ENTITY_ACTION", "updated");
      case ENTITY_DELETED -> entity(message, "ENTITY_ACTION", "deleted");
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Trigger> alarm(RuleMessage message, String type, String action) {
    if (!(message.body() instanceof JsonObject body)) {
      return Optional.empty();
    }
    var id = body.get("id") instanceof JsonObject json ? json.text("id", "") : "";
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Trigger(
                type, action, id + " " + action, message.originator(), withUser(message, body)));
  }

  private static Optional<Trigger> entity(RuleMessage message, String type, String action) {
    var body = message.body() instanceof JsonObject given ? given : JsonObject.EMPTY;
    var subject = message.originator().id() + " " + action;
    return Optional.of(
        new Trigger(type, action, subject, message.originator(), withUser(message, body)));
  }

  /// With who did it, when a person did.
  private static JsonObject withUser(RuleMessage message, JsonObject body) {
    var told = body.toBuilder();
    for (var name : new String[] {"userId", "userName", "userEmail", "comment"}) {
      var text = message.metadata().text(name, "");
      if (!text.isEmpty()) {
        told.put(name, text);
      }
    }
    return told.build();
  }

  String alarmType() {
    return body.text("type", "");
  }

  String severity() {
    return body.text("severity", "");
  }

  boolean isCleared() {
    return body.get("cleared") == JsonBoolean.TRUE;
  }

  boolean isAcknowledged() {
    return body.get("acknowledged") == JsonBoolean.TRUE;
  }
}
