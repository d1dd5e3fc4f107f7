package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import io.millrace.engine.rules.ValueContext;
import io.millrace.engine.rules.ValueWatch;
import io.millrace.store.entities.EntityStore;
import java.util.UUID;

/// Sees every message that enters the rule chains, and has people told as the rules say.
///
/// What is to be told goes into the outbox in the commit of its cause: so it is told once, also
/// after a crash, tried again while the other side is away, and a dead letter in the end. Later
/// steps of an escalation are timers.
public final class NotificationWatch implements ValueWatch {
  private final ValueWatch next;
  private final EntityStore entities;
  private final Alarms alarms;
  private final NotificationRules rules;
  private final NotificationInfo info;

  /// @param next watches beside it
  public NotificationWatch(EntityStore entities, Alarms alarms, ValueWatch next) {
    this.next = next;
    this.entities = entities;
    this.alarms = alarms;
    this.rules = new NotificationRules(entities);
    this.info = new NotificationInfo(entities);
  }

  @Override
  public void saved(RuleMessage cause, ValueChange change, ValueContext context) {
    next.saved(cause, change, context);
  }

  @Override
  public boolean enters(RuleMessage message, ValueContext context) {
    if (message.type().equals(NotificationCall.TYPE)) {
      work(message, context);
      return true;
    }
    if (!rules.of(context.tenantId()).isEmpty()) {
      Trigger.of(message).ifPresent(happened -> happened(happened, context));
    }
    return next.enters(message, context);
  }

  private void happened(Trigger happened, ValueContext context) {
    for (var rule : rules.of(context.tenantId())) {
      if (rule.takes(happened, entities)) {
        rule.targets()
            .forEach(
                (delay, targets) -> {
                  var tell = tell(rule, happened, targets, context);
                  if (delay == 0) {
                    context.call(
                        NotificationCall.tell(context.tenantId(), tell), asked(happened, context));
                  } else if (!rule.isSettled(happened.isCleared(), happened.isAcknowledged())) {
                    context.wakeLater(
                        NotificationCall.later(
                            context.newId(), context.now(), happened.originator(), tell),
                        context.now() + delay * 1000);
                  }
                });
      }
    }
  }

  private JsonObject tell(Rule rule, Trigger happened, JsonArray targets, ValueContext context) {
    return info.of(happened).toBuilder()
        .put("targets", targets)
        .put("templateId", rule.template().toString())
        .put("ruleId", rule.id().toString())
        .put("ruleKey", rule.id() + " " + happened.subject() + " " + targets.hashCode())
        .put("deduplicationInSec", rule.deduplicationSeconds())
        .put("ts", context.now())
        .build();
  }

  private static RuleMessage asked(Trigger happened, ValueContext context) {
    return new RuleMessage(
        context.newId(),
        context.now(),
        NotificationCall.TYPE,
        happened.originator(),
        JsonObject.EMPTY,
        JsonObject.EMPTY);
  }

  /// A timer of an escalation, or calls that a node's question led to.
  private void work(RuleMessage message, ValueContext context) {
    if (!(message.body() instanceof JsonObject body)) {
      return;
    }
    if (body.get("tell") instanceof JsonObject tell
        && NotificationCall.number(tell, "at") > context.now()) {
      context.wakeLater(message, NotificationCall.number(tell, "at"));
    } else if (body.get("tell") instanceof JsonObject tell && isStillToBeTold(tell, context)) {
      context.call(
          NotificationCall.tell(context.tenantId(), tell),
          message.withId(context.newId()).withBody(JsonObject.EMPTY));
    }
    call(body, message, context);
  }

  /// ThingsBoard: an alarm that is cleared or acknowledged is not escalated.
  private boolean isStillToBeTold(JsonObject tell, ValueContext context) {
    var alarm = tell.text("alarmId", "");
    var rule = tell.text("ruleId", "");
    if (alarm.isEmpty() || rule.isEmpty()) {
      return true;
    }
    var found = alarms.findWorking(UUID.fromString(alarm));
    return found.isPresent()
        && rules
            .find(context.tenantId(), UUID.fromString(rule))
            .filter(Rule::isEnabled)
            .map(known -> !known.isSettled(found.get().cleared(), found.get().acknowledged()))
            .orElse(false);
  }

  private void call(JsonObject body, RuleMessage message, ValueContext context) {
    if (!(body.get(NotificationCall.CALLS) instanceof JsonArray calls)) {
      return;
    }
    for (var each : calls.values()) {
      if (each instanceof JsonObject call) {
        call(call, call.get("at") instanceof JsonLong(long at) ? at : 0, message, context);
      }
    }
  }

  private static void call(JsonObject call, long at, RuleMessage message, ValueContext context) {
    if (at > context.now()) {
      var alone = JsonObject.of(NotificationCall.CALLS, JsonArray.of(call.without("at")));
      context.wakeLater(message.withId(context.newId()).withBody(alone), at);
      return;
    }
    var request = call.get("request") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var sent = call.get("sent") instanceof JsonObject given ? given : JsonObject.EMPTY;
    context.call(
        new OutsideCall(call.text("kind", ""), request),
        message.withId(context.newId()).withBody(JsonObject.of("sent", sent)));
  }

  @Override
  public boolean answered(RuleMessage message, Answer answer, ValueContext context) {
    if (!message.type().equals(NotificationCall.TYPE)) {
      return next.answered(message, answer, context);
    }
    if (message.body() instanceof JsonObject body && body.get("sent") instanceof JsonObject sent) {
      context.call(
          NotificationCall.note(context.tenantId(), sent, error(answer)),
          message.withId(context.newId()).withBody(JsonObject.EMPTY));
    } else {
      call(answer.result(), message, context);
    }
    return true;
  }

  /// Why a recipient was not told; empty when all is well.
  private static String error(Answer answer) {
    if (!answer.delivered()) {
      return answer.result().text("error", "It was not delivered");
    }
    long status = NotificationCall.number(answer.result(), "status");
    return status >= 300 ? "The other side answered " + status : "";
  }
}
