package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.rules.conditions.AlarmRule.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Looks at one alarm of one originator: what is to become of it, and what to remember.
///
/// Decides only; whoever asks raises and clears. For one look, on the partition's thread.
public final class AlarmWatch {
  private final AlarmDefinition alarm;
  private final Facts facts;
  private final long now;
  private final Progress progress;
  private final JsonObject before;
  private long due;
  private BooleanSupplier muted = () -> false;

  /// @param stored what [#remembered] gave the last time
  public AlarmWatch(AlarmDefinition alarm, Facts facts, long now, @Nullable JsonValue stored) {
    this.alarm = alarm;
    this.facts = facts;
    this.now = now;
    this.before = stored instanceof JsonObject json ? json : JsonObject.EMPTY;
    this.progress = Progress.read(stored, alarm.create().size() + 1);
  }

  /// While this says so no alarm is raised; asked only when one would be.
  public AlarmWatch mutedWhile(BooleanSupplier parentHasOne) {
    muted = parentHasOne;
    return this;
  }

  /// What is to become of the alarm.
  public sealed interface Decision {
    /// Nothing changes.
    record Nothing() implements Decision {}

    /// Raise it, or bring the active one up to date.
    ///
    /// @param details null: as they are
    /// @param count how often, or how many milliseconds, the condition held; -1 for a simple one
    record Raise(AlarmSeverity severity, AlarmRule rule, Optional<JsonObject> details, long count)
        implements Decision {}

    /// Clear the active one.
    ///
    /// @param why which of the ways to clear it was
    record Clear(Optional<AlarmRule> rule, String why) implements Decision {}
  }

  private static final long MUTED_MS = 60_000; // until a muted alarm is looked at again
  private static final Decision NOTHING = new Decision.Nothing();

  /// Whether the alarm must be looked at when those keys changed.
  public static boolean concerns(AlarmDefinition alarm, ConditionKey.Kind kind, Set<String> names) {
    for (var key : alarm.keys()) {
      if (key.kind() == kind && names.contains(key.name())) {
        return true;
      }
    }
    return alarm.hygiene().silenceMs() > 0;
  }

  /// New values have come in.
  ///
  /// @param ts the time of the values
  public Decision look(Optional<Alarm> active, long ts) {
    if (alarm.hygiene().silenceMs() > 0) {
      progress.seen(now);
    }
    double slack = active.isPresent() ? alarm.hygiene().hysteresis() : 0;
    int index = 0;
    for (var each : alarm.create().entrySet()) {
      var rule = each.getValue();
      var state = progress.rule(index++);
      var verdict = rule.look(facts, ts, now, slack, state);
      if (verdict == Verdict.HOLDS) {
        return raise(active, each.getKey(), rule, state);
      }
    }
    return active.isPresent() ? clear(active.get(), ts) : NOTHING;
  }

  /// Time has passed: what lasts may have lasted long enough, what is silent been so.
  public Decision look(Optional<Alarm> active) {
    progress.wakeAt(0);
    if (active.isPresent() && isSilent()) {
      return cleared(Optional.empty(), "silence");
    }
    int index = 0;
    for (var each : alarm.create().entrySet()) {
      var state = progress.rule(index++);
      var rule = each.getValue();
      if (isDue(active, rule, state)) {
        return raise(active, each.getKey(), rule, state);
      }
    }
    if (active.isEmpty()) {
      return heldBack() ? lookAgain() : NOTHING;
    }
    return clearLater(active.get());
  }

  /// What to keep until the next look; empty when it is what it was.
  public Optional<JsonObject> remembered() {
    var after = progress.toJson();
    return after.equals(before) ? Optional.empty() : Optional.of(after);
  }

  /// When to look again although nothing comes in; 0 when no timer is to be set. Sets it down as
  /// set: ask once, before [#remembered].
  public long wakeAt(Optional<Alarm> active) {
    int index = 0;
    for (var rule : alarm.create().values()) {
      dueAt(rule.dueAt(facts, now, progress.rule(index++)));
    }
    var clear = alarm.clear();
    if (clear != null && active.isPresent()) {
      dueAt(clear.dueAt(facts, now, progress.rule(index)));
    }
    if (active.isPresent() && alarm.hygiene().silenceMs() > 0) {
      dueAt(progress.lastSeen() + alarm.hygiene().silenceMs());
    }
    boolean isSet = progress.wakeAt() > now && progress.wakeAt() <= due;
    if (due == 0 || isSet) {
      return 0;
    }
    progress.wakeAt(due);
    return due;
  }

  /// How often the alarm has come and gone lately.
  public double flaps() {
    return progress.flaps(now);
  }

  /// The values that the alarm looks at now.
  public JsonObject values() {
    var values = JsonObject.builder();
    for (var rule : alarm.create().values()) {
      rule.values(facts).forEach(values::put);
    }
    var clear = alarm.clear();
    if (clear != null) {
      clear.values(facts).forEach(values::put);
    }
    return values.build();
  }

  /// A rule that asks for no time is looked at when the alarm may come on again.
  private boolean isDue(Optional<Alarm> active, AlarmRule rule, Progress.Rule state) {
    boolean waits = alarm.hygiene().minOffMs() > 0 || alarm.hygiene().isMutable();
    boolean waited = active.isEmpty() && waits && rule.isStateless();
    return waited ? rule.holdsNow(facts, now) : rule.look(facts, now, state) == Verdict.HOLDS;
  }

  private Decision raise(
      Optional<Alarm> active, AlarmSeverity severity, AlarmRule rule, Progress.Rule state) {
    progress.rule(alarm.create().size()).reset(); // the clear rule starts anew
    if (active.isEmpty() && heldBack()) {
      dueAt(progress.clearedAt() + alarm.hygiene().minOffMs());
      return NOTHING;
    }
    if (active.isEmpty() && muted.getAsBoolean()) {
      dueAt(now + MUTED_MS);
      return NOTHING;
    }
    if (active.isPresent() && severity.compareTo(active.get().severity()) > 0) {
      return NOTHING; // ThingsBoard: an active alarm never gets milder
    }
    if (active.isEmpty()) {
      progress.raised(now);
    }
    long count = rule.repeats() ? state.count() : rule.lasts() ? state.lasted(now) : -1;
    return new Decision.Raise(severity, rule, Optional.ofNullable(rule.details(facts)), count);
  }

  private Decision clear(Alarm active, long ts) {
    var rule = alarm.clear();
    var state = progress.rule(alarm.create().size());
    if (rule == null) {
      return alarm.hygiene().hysteresis() > 0
          ? clearIfOld(active, Optional.empty(), "no condition holds")
          : NOTHING;
    }
    return rule.look(facts, ts, now, 0, state) == Verdict.HOLDS
        ? clearIfOld(active, Optional.of(rule), "clear rule")
        : NOTHING;
  }

  private Decision clearLater(Alarm active) {
    var rule = alarm.clear();
    var state = progress.rule(alarm.create().size());
    if (rule != null && rule.lasts()) {
      return rule.look(facts, now, state) == Verdict.HOLDS
          ? clearIfOld(active, Optional.of(rule), "clear rule")
          : NOTHING;
    }
    boolean isStillOn =
        alarm.create().values().stream()
            .anyMatch(each -> each.condition(facts, alarm.hygiene().hysteresis()));
    boolean waits = alarm.hygiene().minOnMs() > 0 || alarm.hygiene().flapsMax() > 0;
    if (!waits || isStillOn) {
      return NOTHING;
    }
    if (rule == null) {
      return alarm.hygiene().hysteresis() > 0
          ? clearIfOld(active, Optional.empty(), "no condition holds")
          : NOTHING;
    }
    return rule.condition(facts, 0) ? clearIfOld(active, Optional.of(rule), "clear rule") : NOTHING;
  }

  private Decision clearIfOld(Alarm active, Optional<AlarmRule> rule, String why) {
    long earliest = active.createdTime() + alarm.hygiene().minOnMs();
    if (now < earliest) {
      dueAt(earliest);
      return NOTHING;
    }
    if (alarm.hygiene().flapsMax() > 0 && progress.flaps(now) > alarm.hygiene().flapsMax()) {
      dueAt(now + 60_000);
      return NOTHING;
    }
    return cleared(rule, why);
  }

  private Decision cleared(Optional<AlarmRule> rule, String why) {
    progress.resetRules();
    progress.cleared(now);
    due = 0;
    return new Decision.Clear(rule, why);
  }

  /// It was cleared a moment ago and must stay off for a while.
  private boolean heldBack() {
    return alarm.hygiene().minOffMs() > 0
        && progress.clearedAt() > 0
        && now < progress.clearedAt() + alarm.hygiene().minOffMs();
  }

  private Decision lookAgain() {
    dueAt(progress.clearedAt() + alarm.hygiene().minOffMs());
    return NOTHING;
  }

  private boolean isSilent() {
    long silence = alarm.hygiene().silenceMs();
    return silence > 0 && now >= progress.lastSeen() + silence;
  }

  private void dueAt(long at) {
    if (at > 0) {
      due = due == 0 ? at : Math.min(due, at);
    }
  }
}
