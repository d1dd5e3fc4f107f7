package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.alarms.AlarmStatus;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;
import java.util.UUID;

/// Passes a message about an alarm by the status that the alarm has now.
final class CheckAlarmStatusNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.filter("alarm status filter", Settings.class, CheckAlarmStatusNode::new)
          .summary("True when the alarm in the body has one of the listed statuses now.")
          .alias("org.thingsboard.rule.engine.filter.TbCheckAlarmStatusNode");

  record Settings(
      @Doc("Statuses that pass.") @Default("ACTIVE_ACK,ACTIVE_UNACK")
          List<AlarmStatus> alarmStatusList) {}

  private final Settings settings;
  private final NodeSetup setup;

  CheckAlarmStatusNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var id = alarmId(message);
    return setup
        .alarms()
        .findWorking(id)
        .map(alarm -> Outcome.decided(settings.alarmStatusList().contains(alarm.status()), message))
        .orElseGet(() -> Outcome.failed(message, "There is no alarm %s.".formatted(id)));
  }

  private static UUID alarmId(RuleMessage message) {
    if (message.body() instanceof JsonObject alarm && alarm.get("id") instanceof JsonObject id) {
      return UUID.fromString(id.text("id", ""));
    }
    throw new IllegalArgumentException("The body is not an alarm: it has no id.");
  }
}
