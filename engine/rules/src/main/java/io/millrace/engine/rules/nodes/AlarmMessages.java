package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.store.entities.EntityStore;

/// What the alarm nodes share: the details script and the messages that tell of a change.
final class AlarmMessages {
  private static final String PREVIOUS_DETAILS = "prevAlarmDetails";
  private final EntityStore entities;
  private final Alarms alarms;

  AlarmMessages(NodeSetup setup) {
    this.entities = setup.entities();
    this.alarms = setup.alarms();
  }

  /// @param asksForMetadata whether its text has that word; else nobody reads the former details
  record DetailsScript(CompiledScript compiled, boolean asksForMetadata) {
    static DetailsScript of(NodeSetup setup, ScriptLanguage language, String js, String tbel) {
      var text = language == ScriptLanguage.JS ? js : tbel;
      return new DetailsScript(setup.script(language, js, tbel), text.contains("metadata"));
    }
  }

  /// What the details script makes of the message; it sees the former details, if there are any,
  /// as the JSON text `metadata.prevAlarmDetails`.
  static JsonValue details(DetailsScript script, RuleMessage message, JsonValue former) {
    var metadata =
        former == JsonNull.NULL || !script.asksForMetadata()
            ? message.metadata()
            : message.metadata().toBuilder().put(PREVIOUS_DETAILS, former.toString()).build();
    return script.compiled().run(message.body(), metadata, message.type());
  }

  /// The message becomes the alarm; the root chain hears of it, too.
  ///
  /// @param flag the metadata member that says what happened, as in `isNewAlarm`
  /// @param event what the root chain is told
  Outcome told(
      AlarmChange change,
      String connection,
      String flag,
      MessageType event,
      RuleMessage message,
      NodeContext context) {
    var alarm = change.alarm();
    alarms.explain(context.commit(), change, context.cause(message), context.now());
    var body = body(alarm);
    context.enqueue(
        new RuleMessage(
            context.newId(),
            context.now(),
            event.name(),
            alarm.originator(),
            JsonObject.builder().put("ruleNodeId", context.nodeId().toString()).build(),
            body));
    return Outcome.next(
        connection,
        message.withType(MessageType.ALARM.name()).withMetadata(flag, "true").withBody(body));
  }

  /// ThingsBoard's alarm JSON with the originator's name.
  JsonObject body(Alarm alarm) {
    var json = alarm.toJson();
    if (alarm.originator().type() != EntityType.DEVICE) {
      return json;
    }
    return entities
        .devices()
        .find(alarm.originator())
        .map(
            device ->
                json.toBuilder()
                    .add("originatorName", new JsonString(device.name()))
                    .add("originatorLabel", new JsonString(device.label()))
                    .build())
        .orElse(json);
  }
}
