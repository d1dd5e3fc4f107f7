package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmRequest;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.alarms.Propagation;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.engine.scripts.ScriptLanguage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Raises an alarm of the originator, or brings the active one of that type up to date.
final class CreateAlarmNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("create alarm", Settings.class, CreateAlarmNode::new)
          .summary("Created for a new alarm, Updated for the active one of that type.")
          .connections("Created", "Updated", Outcome.FALSE)
          .alias("org.thingsboard.rule.engine.action.TbCreateAlarmNode");

  record Settings(
      @Doc("Type of the alarm; may hold ${metadata} and $[body] patterns.")
          @Default("General Alarm")
          String alarmType,
      @Doc("Severity of the alarm; with dynamicSeverity it may hold patterns.") @Default("CRITICAL")
          String severity,
      @Doc("Take the severity from the message by the severity's patterns.")
          boolean dynamicSeverity,
      @Doc("Show the alarm to related entities, too.") boolean propagate,
      @Doc("Show the alarm to the originator's owner, too.") boolean propagateToOwner,
      @Doc("Show the alarm to the tenant, too.") boolean propagateToTenant,
      @Doc("Relation types to propagate along; none means any.") List<String> relationTypes,
      @Doc("The message's body is the alarm.") boolean useMessageAlarmData,
      @Doc("Details come from the script although the body is the alarm.") @Default("true")
          boolean overwriteAlarmDetails,
      @Doc("Which of the two scripts makes the details.") @Default("JS") ScriptLanguage scriptLang,
      @Doc("JavaScript that returns the details; sees metadata.prevAlarmDetails.")
          String alarmDetailsBuildJs,
      @Doc("TBEL that returns the details; sees metadata.prevAlarmDetails.")
          String alarmDetailsBuildTbel) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final AlarmMessages.DetailsScript script;
  private final AlarmMessages messages;
  private final Template type;
  private final Template severity;
  private final Propagation propagation;

  CreateAlarmNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.script =
        AlarmMessages.DetailsScript.of(
            setup,
            settings.scriptLang(),
            settings.alarmDetailsBuildJs(),
            settings.alarmDetailsBuildTbel());
    this.messages = new AlarmMessages(setup);
    this.type = Template.of(settings.alarmType());
    this.severity = Template.of(settings.severity());
    this.propagation =
        new Propagation(
            settings.propagate(),
            settings.propagateToOwner(),
            settings.propagateToTenant(),
            settings.relationTypes());
    if (!settings.dynamicSeverity() && !settings.useMessageAlarmData()) {
      severity(settings.severity());
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var given = settings.useMessageAlarmData() ? alarmOf(message) : null;
    var alarmType = given == null ? type.fill(message) : given.text("type", "");
    var active = setup.alarms().active(message.originator(), alarmType);
    var details = details(message, given, active.map(Alarm::details).orElse(JsonNull.NULL));
    var request = request(message, given, alarmType, details, active, context);
    var change =
        setup.alarms().createOrUpdate(context.commit(), request, context.now(), context.newId());
    return change.kind() == AlarmChange.Kind.CREATED
        ? messages.told(
            change, "Created", "isNewAlarm", MessageType.ENTITY_CREATED, message, context)
        : messages.told(
            change, "Updated", "isExistingAlarm", MessageType.ENTITY_UPDATED, message, context);
  }

  private JsonValue details(RuleMessage message, @Nullable JsonObject given, JsonValue former) {
    if (given == null || settings.overwriteAlarmDetails()) {
      return AlarmMessages.details(script, message, former);
    }
    var own = given.get("details");
    return own == null ? JsonNull.NULL : own;
  }

  private AlarmRequest request(
      RuleMessage message,
      @Nullable JsonObject given,
      String alarmType,
      JsonValue details,
      Optional<Alarm> active,
      NodeContext context) {
    // ThingsBoard: a new alarm starts at the message's time, an update ends now
    long ts = active.isPresent() ? 0 : MessageTime.of(message);
    return new AlarmRequest(
        context.tenantId(),
        active.isPresent() ? null : customerOf(message.originator()),
        message.originator(),
        alarmType,
        given == null ? severity(severity.fill(message)) : severity(given.text("severity", "")),
        details,
        given == null ? propagation : propagationOf(given),
        given == null ? ts : number(given, "startTs", ts),
        given == null ? ts : number(given, "endTs", ts));
  }

  private @Nullable EntityId customerOf(EntityId originator) {
    return originator.type() == EntityType.DEVICE
        ? setup
            .entities()
            .devices()
            .find(originator)
            .map(device -> device.customerId())
            .orElse(null)
        : null;
  }

  private static AlarmSeverity severity(String name) {
    for (var severity : AlarmSeverity.values()) {
      if (severity.name().equals(name)) {
        return severity;
      }
    }
    throw new IllegalArgumentException(
        "The severity is \"%s\"; it must be one of CRITICAL, MAJOR, MINOR, WARNING, INDETERMINATE."
            .formatted(name));
  }

  private static JsonObject alarmOf(RuleMessage message) {
    if (message.body() instanceof JsonObject alarm && !alarm.text("type", "").isBlank()) {
      var originator = alarm.get("originator") instanceof JsonObject id ? id.text("id", "") : "";
      if (originator.isEmpty() || originator.equals(message.originator().id().toString())) {
        return alarm;
      }
      throw new IllegalArgumentException(
          "The body's alarm is of %s, the message of %s. Change the message's originator before this node."
              .formatted(originator, message.originator()));
    }
    throw new IllegalArgumentException("The body is not an alarm: it has no type.");
  }

  private static Propagation propagationOf(JsonObject alarm) {
    var types = alarm.get("propagateRelationTypes");
    return new Propagation(
        alarm.get("propagate") == JsonBoolean.TRUE,
        alarm.get("propagateToOwner") == JsonBoolean.TRUE,
        alarm.get("propagateToTenant") == JsonBoolean.TRUE,
        types instanceof JsonArray list
            ? list.values().stream().map(JsonValue::asText).toList()
            : List.of());
  }

  private static long number(JsonObject alarm, String name, long otherwise) {
    return alarm.get(name) instanceof JsonLong(long value) && value > 0 ? value : otherwise;
  }
}
