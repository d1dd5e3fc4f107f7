package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.nodes.NotificationNode;
import java.util.UUID;

/// Calls of the outbox that tell people: first one that finds out whom, then one per recipient
/// outside.
public final class NotificationCall {
  /// Delivered by [NotificationDelivery].
  public static final String KIND = NotificationNode.KIND;

  /// Mail: `to`, `subject`, `body` (HTML). Delivered by a wire room.
  public static final String MAIL = "mail";

  static final String TYPE = NotificationNode.TYPE_OF_WORK;
  static final String CALLS = "calls";
  static final String DO = "do";

  private NotificationCall() {}

  /// Tells the targets; the answer brings `calls` to be made and `stats`.
  ///
  /// @param body `targets` (ids), `templateId` or `template`, `info`, `data` (text by name) and
  ///     `type`; maybe `ruleId`, `ruleKey`, `customer`, `user`, `severity`, `requestId`
  public static OutsideCall tell(EntityId tenant, JsonObject body) {
    return new OutsideCall(
        KIND, body.toBuilder().put(DO, "tell").put("tenant", tenant.id().toString()).build());
  }

  /// A message that has further calls made, by the answer to [#tell].
  public static RuleMessage further(UUID id, long now, EntityId originator, JsonObject answer) {
    var calls = answer.get(CALLS) instanceof JsonArray list ? list : JsonArray.EMPTY;
    return new RuleMessage(
        id, now, TYPE, originator, JsonObject.EMPTY, JsonObject.of(CALLS, calls));
  }

  /// A message that has the targets told at its time.
  public static RuleMessage later(UUID id, long now, EntityId originator, JsonObject tell) {
    return new RuleMessage(
        id, now, TYPE, originator, JsonObject.EMPTY, JsonObject.of("tell", tell));
  }

  /// Notes what became of a recipient.
  static OutsideCall note(EntityId tenant, JsonObject sent, String error) {
    return new OutsideCall(
        KIND,
        sent.toBuilder()
            .put(DO, "note")
            .put("tenant", tenant.id().toString())
            .put("error", error)
            .build());
  }

  static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(long number) ? number : 0;
  }
}
