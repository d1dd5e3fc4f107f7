package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.engine.scripts.ScriptLanguage;

/// Clears the originator's active alarm of a type.
final class ClearAlarmNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("clear alarm", Settings.class, ClearAlarmNode::new)
          .summary("Cleared when there was an active alarm of that type, otherwise False.")
          .connections("Cleared", Outcome.FALSE)
          .alias("org.thingsboard.rule.engine.action.TbClearAlarmNode");

  record Settings(
      @Doc("Type of the alarm; may hold ${metadata} and $[body] patterns.")
          @Default("General Alarm")
          String alarmType,
      @Doc("Which of the two scripts makes the details.") @Default("JS") ScriptLanguage scriptLang,
      @Doc("JavaScript that returns the details; sees metadata.prevAlarmDetails.")
          String alarmDetailsBuildJs,
      @Doc("TBEL that returns the details; sees metadata.prevAlarmDetails.")
          String alarmDetailsBuildTbel) {}

  private final NodeSetup setup;
  private final AlarmMessages.DetailsScript script;
  private final AlarmMessages messages;
  private final Template type;

  ClearAlarmNode(Settings settings, NodeSetup setup) {
    this.setup = setup;
    this.script =
        AlarmMessages.DetailsScript.of(
            setup,
            settings.scriptLang(),
            settings.alarmDetailsBuildJs(),
            settings.alarmDetailsBuildTbel());
    this.messages = new AlarmMessages(setup);
    this.type = Template.of(settings.alarmType());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (message.originator().type() == EntityType.ALARM) {
      return Outcome.failed(
          message,
          "The originator is an alarm. Change the originator to the alarm's own before this node.");
    }
    var alarmType = type.fill(message);
    var alarms = setup.alarms();
    var active = alarms.active(message.originator(), alarmType);
    if (active.isEmpty()) {
      return Outcome.next(Outcome.FALSE, message);
    }
    var details = AlarmMessages.details(script, message, active.get().details());
    return alarms
        .clear(context.commit(), message.originator(), alarmType, details, context.now())
        .map(
            alarm ->
                messages.told(
                    new AlarmChange(AlarmChange.Kind.CLEARED, alarm),
                    "Cleared",
                    "isClearedAlarm",
                    MessageType.ALARM_CLEAR,
                    message,
                    context))
        .orElseGet(() -> Outcome.next(Outcome.FALSE, message));
  }
}
