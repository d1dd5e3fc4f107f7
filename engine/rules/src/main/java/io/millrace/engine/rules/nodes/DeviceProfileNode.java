package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.engine.rules.conditions.AlarmWatch;
import io.millrace.engine.rules.conditions.ConditionKey.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Raises and clears the alarms that the rules of the device's profile describe.
final class DeviceProfileNode implements RuleNode {
  static final String CREATED = "Alarm Created";
  static final String UPDATED = "Alarm Updated";
  static final String SEVERITY_UPDATED = "Alarm Severity Updated";
  static final String CLEARED = "Alarm Cleared";

  static final NodeType<Settings> TYPE =
      NodeType.action("device profile", Settings.class, DeviceProfileNode::new)
          .summary("Raises and clears alarms by the rules of the device's profile.")
          .connections(CREATED, UPDATED, SEVERITY_UPDATED, CLEARED, Outcome.SUCCESS)
          .alias("org.thingsboard.rule.engine.profile.TbDeviceProfileNode")
          .version(1, (_, given) -> given);

  record Settings(
      @Doc("Kept for ThingsBoard; the state of rules always outlives a restart here.")
          @Default("true")
          boolean persistAlarmRulesState,
      @Doc("Kept for ThingsBoard; timers of rules go on after a restart here.")
          boolean fetchAlarmRulesStateOnStart) {}

  private final NodeSetup setup;
  private final ProfileAlarms profiles;
  private final AlarmMessages messages;

  DeviceProfileNode(Settings settings, NodeSetup setup) {
    this.setup = setup;
    this.profiles = new ProfileAlarms(setup.entities());
    this.messages = new AlarmMessages(setup);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (message.originator().type() != EntityType.DEVICE) {
      return Outcome.success(message);
    }
    var alarms = profiles.of(message.originator());
    if (alarms.isEmpty()) {
      return Outcome.success(message); // the usual case: costs two look-ups in memory
    }
    var work = new AlarmWork(setup, messages, message, context);
    look(alarms, message, context, work);
    var emissions = work.finish();
    if (emissions.isEmpty()) {
      return Outcome.success(message);
    }
    emissions.add(new Emission(Outcome.SUCCESS, message));
    return Outcome.next(emissions);
  }

  @Override
  public Outcome onTimer(RuleMessage timer, NodeContext context) {
    var work = new AlarmWork(setup, messages, timer, context);
    var facts = new OriginatorFacts(setup, timer.originator(), context);
    for (var alarm : profiles.of(timer.originator())) {
      if (alarm.id().equals(AlarmWork.alarmOf(timer))) {
        work.wake(alarm, facts);
      }
    }
    var emissions = work.finish();
    return emissions.isEmpty() ? Outcome.DONE : Outcome.next(emissions);
  }

  private void look(
      List<AlarmDefinition> alarms, RuleMessage message, NodeContext context, AlarmWork work) {
    var type = MessageType.of(message.type());
    if (type == null) {
      return;
    }
    switch (type) {
      case POST_TELEMETRY_REQUEST -> {
        for (var row : TelemetryRows.of(message.body(), MessageTime.of(message))) {
          look(alarms, Kind.TIME_SERIES, row.values(), row.ts(), message, context, work);
        }
      }
      case POST_ATTRIBUTES_REQUEST, ATTRIBUTES_UPDATED, ACTIVITY_EVENT, INACTIVITY_EVENT -> {
        if (message.body() instanceof JsonObject values) {
          look(alarms, Kind.ATTRIBUTE, values, MessageTime.of(message), message, context, work);
        }
      }
      case ATTRIBUTES_DELETED ->
          look(
              alarms,
              Kind.ATTRIBUTE,
              deleted(message),
              MessageTime.of(message),
              message,
              context,
              work);
      default -> {}
    }
  }

  private void look(
      List<AlarmDefinition> alarms,
      Kind kind,
      JsonObject values,
      long ts,
      RuleMessage message,
      NodeContext context,
      AlarmWork work) {
    var names = names(values);
    OriginatorFacts facts = null;
    for (var alarm : alarms) {
      if (AlarmWatch.concerns(alarm, kind, names)) {
        if (facts == null) {
          facts = new OriginatorFacts(setup, message.originator(), context);
          for (int i = 0; i < values.size(); i++) {
            facts.brings(kind, values.name(i), values.value(i));
          }
        }
        work.look(alarm, facts, ts);
      }
    }
  }

  private static Set<String> names(JsonObject values) {
    var names = new HashSet<String>();
    for (int i = 0; i < values.size(); i++) {
      names.add(values.name(i));
    }
    return names;
  }

  /// ThingsBoard's body of that message: `{"attributes": [key, …]}`.
  private static JsonObject deleted(RuleMessage message) {
    var gone = JsonObject.builder();
    if (message.body() instanceof JsonObject body
        && body.get("attributes") instanceof JsonArray keys) {
      keys.values().forEach(key -> gone.put(key.asText(), JsonNull.NULL));
    }
    return gone.build();
  }
}
