package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmRequest;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.engine.rules.conditions.AlarmRule;
import io.millrace.engine.rules.conditions.AlarmWatch;
import io.millrace.engine.rules.conditions.AlarmWatch.Decision;
import io.millrace.engine.rules.conditions.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at the alarms of one originator for one message: raises, updates and clears them, and
/// keeps in the node's state what is to be remembered.
final class AlarmWork {
  static final String TIMER = "ALARM_RULE_TIMER";
  private static final String ALARM = "alarmRule";

  private final NodeSetup setup;
  private final AlarmMessages messages;
  private final RuleMessage message;
  private final NodeContext context;
  private final List<Emission> emissions = new ArrayList<>();
  private @Nullable JsonObject state; // read when first needed
  private boolean stateChanged;

  AlarmWork(NodeSetup setup, AlarmMessages messages, RuleMessage message, NodeContext context) {
    this.setup = setup;
    this.messages = messages;
    this.message = message;
    this.context = context;
  }

  /// New values, of that time, that may concern this alarm.
  void look(AlarmDefinition alarm, Facts facts, long ts) {
    look(alarm, facts, ts, false);
  }

  /// A timer of this alarm is due.
  void wake(AlarmDefinition alarm, Facts facts) {
    look(alarm, facts, context.now(), true);
  }

  /// The messages that tell of what became of alarms, in order; the state is saved.
  List<Emission> finish() {
    if (stateChanged && state != null) {
      setup.states().save(context.commit(), message.originator(), context.nodeId(), state);
    }
    return emissions;
  }

  /// Which alarm a timer is for.
  static String alarmOf(RuleMessage timer) {
    return timer.metadata().text(ALARM, "");
  }

  private void look(AlarmDefinition alarm, Facts facts, long ts, boolean isTimer) {
    var stored = alarm.isStateless() ? null : state().get(alarm.id());
    var watch =
        new AlarmWatch(alarm, facts, context.now(), stored).mutedWhile(() -> isMuted(alarm));
    var active = setup.alarms().active(message.originator(), alarm.type());
    var decision = isTimer ? watch.look(active) : watch.look(active, ts);
    var after =
        switch (decision) {
          case Decision.Nothing _ -> active;
          case Decision.Raise raise -> Optional.of(raise(alarm, raise, active, ts, watch));
          case Decision.Clear clear -> {
            clear(alarm, clear, watch, facts);
            yield Optional.<Alarm>empty();
          }
        };
    if (!alarm.isStateless()) {
      remember(alarm, watch, after);
    }
  }

  /// One alarm for a dead gateway, not fifty: its devices' alarms of that type wait.
  private boolean isMuted(AlarmDefinition alarm) {
    var hygiene = alarm.hygiene();
    return hygiene.isMutable()
        && setup.entities().relations().to(message.originator()).stream()
            .filter(relation -> relation.type().equals(hygiene.muteByParent()))
            .anyMatch(relation -> setup.alarms().active(relation.from(), alarm.type()).isPresent());
  }

  private void remember(AlarmDefinition alarm, AlarmWatch watch, Optional<Alarm> active) {
    long at = watch.wakeAt(active);
    if (at > 0) {
      context.wakeLater(
          new RuleMessage(
              context.newId(),
              context.now(),
              TIMER,
              message.originator(),
              JsonObject.builder().put(ALARM, alarm.id()).build(),
              JsonObject.EMPTY),
          at);
    }
    watch
        .remembered()
        .ifPresent(
            progress -> {
              state =
                  progress.isEmpty()
                      ? state().without(alarm.id())
                      : state().with(alarm.id(), progress);
              stateChanged = true;
            });
  }

  private Alarm raise(
      AlarmDefinition alarm,
      Decision.Raise raise,
      Optional<Alarm> active,
      long ts,
      AlarmWatch watch) {
    var details =
        raise
            .details()
            .<JsonValue>map(made -> made)
            .or(() -> active.map(Alarm::details))
            .orElse(JsonObject.EMPTY);
    var request =
        new AlarmRequest(
            context.tenantId(),
            active.isPresent() ? null : customer(),
            message.originator(),
            alarm.type(),
            raise.severity(),
            details,
            alarm.propagation(),
            ts,
            ts);
    var change =
        setup.alarms().createOrUpdate(context.commit(), request, context.now(), context.newId());
    tell(change, counted(raise), watch);
    return change.alarm();
  }

  private void clear(AlarmDefinition alarm, Decision.Clear clear, AlarmWatch watch, Facts facts) {
    var active = setup.alarms().active(message.originator(), alarm.type());
    var details =
        clear
            .rule()
            .<JsonValue>map(rule -> details(rule, facts))
            .filter(made -> made != JsonNull.NULL)
            .or(() -> active.map(Alarm::details))
            .orElse(JsonNull.NULL);
    setup
        .alarms()
        .clear(context.commit(), message.originator(), alarm.type(), details, context.now())
        .ifPresent(
            cleared ->
                tell(
                    new AlarmChange(AlarmChange.Kind.CLEARED, cleared),
                    JsonObject.builder().put("clearedBy", clear.why()).build(),
                    watch));
  }

  private static JsonValue details(AlarmRule rule, Facts facts) {
    var made = rule.details(facts);
    return made == null ? JsonNull.NULL : made;
  }

  /// ThingsBoard: how often, or how long, the condition held goes into the metadata.
  private static JsonObject counted(Decision.Raise raise) {
    if (raise.count() < 0) {
      return JsonObject.EMPTY;
    }
    var name = raise.rule().repeats() ? "repeats" : "duration";
    return JsonObject.builder().put(name, Long.toString(raise.count())).build();
  }

  private void tell(AlarmChange change, JsonObject further, AlarmWatch watch) {
    var label = label(change.kind());
    if (label == null) {
      return;
    }
    var metadata = message.metadata().toBuilder();
    further.forEach(metadata::put);
    metadata.put(
        switch (change.kind()) {
          case CREATED -> "isNewAlarm";
          case CLEARED -> "isClearedAlarm";
          default -> "isExistingAlarm";
        },
        "true");
    if (change.kind() == AlarmChange.Kind.SEVERITY_UPDATED) {
      metadata.put("isSeverityUpdated", "true");
    }
    explain(change, watch, further);
    emissions.add(
        new Emission(
            label,
            message
                .withId(context.newId())
                .withType(MessageType.ALARM.name())
                .withMetadata(metadata.build())
                .withBody(messages.body(change.alarm()))));
  }

  private void explain(AlarmChange change, AlarmWatch watch, JsonObject further) {
    var cause = context.cause(message);
    var values = watch.values();
    setup
        .alarms()
        .explain(
            context.commit(),
            change,
            () -> {
              var reason = cause.get().toBuilder().put("values", values);
              further.forEach(reason::put);
              return reason.build();
            },
            context.now());
  }

  private static @Nullable String label(AlarmChange.Kind kind) {
    return switch (kind) {
      case CREATED -> DeviceProfileNode.CREATED;
      case UPDATED, UNCHANGED -> DeviceProfileNode.UPDATED;
      case SEVERITY_UPDATED -> DeviceProfileNode.SEVERITY_UPDATED;
      case CLEARED -> DeviceProfileNode.CLEARED;
      default -> null;
    };
  }

  private @Nullable EntityId customer() {
    return Relatives.customerOf(setup.entities(), message.originator()).orElse(null);
  }

  private JsonObject state() {
    var known = state;
    if (known == null) {
      known =
          setup.states().find(message.originator(), context.nodeId()).orElse(JsonObject.EMPTY)
                  instanceof JsonObject stored
              ? stored
              : JsonObject.EMPTY;
      state = known;
    }
    return known;
  }
}
