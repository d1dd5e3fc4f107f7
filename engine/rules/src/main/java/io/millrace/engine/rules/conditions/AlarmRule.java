package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When an alarm of one severity is raised, or when an alarm is cleared.
///
/// @param details text with `${key}` patterns; empty for none
/// @param dashboardId shown with the alarm; empty for none
public record AlarmRule(
    List<ConditionFilter> filters,
    boolean isAny,
    Spec spec,
    Schedule schedule,
    String details,
    String dashboardId) {
  /// What a look at a rule gives.
  public enum Verdict {
    HOLDS,
    /// The condition holds, but not long or often enough.
    NOT_YET,
    FAILS
  }

  public AlarmRule {
    filters = List.copyOf(filters);
  }

  /// Reads ThingsBoard's JSON, of profiles or of 4.3's alarm rules.
  ///
  /// @throws IllegalArgumentException naming what is wrong with it
  static AlarmRule read(JsonObject json) {
    var condition = object(json.get("condition"));
    var expression = object(condition.get("expression"));
    boolean isNew = condition.has("expression");
    if (isNew && expression.text("type", "SIMPLE").equals("TBEL")) {
      throw new IllegalArgumentException(
          "Conditions in TBEL are not built here; write the condition as filters.");
    }
    var filters = new ArrayList<ConditionFilter>();
    if ((isNew ? expression.get("filters") : condition.get("condition"))
        instanceof JsonArray list) {
      list.values().forEach(each -> filters.add(ConditionFilter.read(each)));
    }
    var schedule = isNew ? staticValue(condition.get("schedule")) : json.get("schedule");
    return new AlarmRule(
        filters,
        isNew && expression.text("operation", "AND").equals("OR"),
        Spec.read(isNew ? condition : condition.get("spec")),
        Schedule.read(schedule),
        text(json.get("alarmDetails")),
        id(json.get("dashboardId")));
  }

  /// Looks at the rule as a message comes in.
  Verdict look(Facts facts, long ts, long now, double slack, Progress.Rule progress) {
    boolean holds = schedule.isActive(ts, facts) && condition(facts, slack);
    if (!holds) {
      progress.reset();
      return Verdict.FAILS;
    }
    return switch (spec) {
      case Spec.Simple _ -> Verdict.HOLDS;
      case Spec.Repeating repeating ->
          progress.counted() >= repeating.required(facts) ? Verdict.HOLDS : Verdict.NOT_YET;
      case Spec.Lasting lasting ->
          progress.seen(ts, now) >= lasting.requiredMs(facts) ? Verdict.HOLDS : Verdict.NOT_YET;
    };
  }

  /// Looks at the rule as time passes; only what lasts can have changed.
  Verdict look(Facts facts, long now, Progress.Rule progress) {
    if (!(spec instanceof Spec.Lasting lasting) || !progress.isRunning()) {
      return progress.isRunning() ? Verdict.NOT_YET : Verdict.FAILS;
    }
    if (!schedule.isActive(now, facts)) {
      return Verdict.FAILS;
    }
    return progress.lasted(now) >= lasting.requiredMs(facts) ? Verdict.HOLDS : Verdict.NOT_YET;
  }

  /// When a condition that goes on holding will have lasted long enough; 0 when time is not it.
  long dueAt(Facts facts, long now, Progress.Rule progress) {
    if (!(spec instanceof Spec.Lasting lasting) || !progress.isRunning()) {
      return 0;
    }
    long missing = lasting.requiredMs(facts) - progress.lasted(now);
    return missing > 0 ? now + missing : 0; // what has lasted long enough needs no timer
  }

  boolean holdsNow(Facts facts, long now) {
    return schedule.isActive(now, facts) && condition(facts, 0);
  }

  boolean condition(Facts facts, double slack) {
    return isAny
        ? filters.stream().anyMatch(filter -> filter.holds(facts, slack))
        : !filters.isEmpty() && filters.stream().allMatch(filter -> filter.holds(facts, slack));
  }

  public boolean lasts() {
    return spec instanceof Spec.Lasting;
  }

  public boolean repeats() {
    return spec instanceof Spec.Repeating;
  }

  boolean isStateless() {
    return spec instanceof Spec.Simple;
  }

  /// The keys that it looks at.
  public List<ConditionKey> keys() {
    return filters.stream().map(ConditionFilter::key).distinct().toList();
  }

  /// ThingsBoard: `{"data": …, "dashboardId": …}`; null when the rule says neither.
  public @Nullable JsonObject details(Facts facts) {
    if (details.isEmpty() && dashboardId.isEmpty()) {
      return null;
    }
    var made = JsonObject.builder();
    if (!details.isEmpty()) {
      var text = details;
      for (var key : keys()) {
        var value = facts.value(key);
        if (value != null) {
          text = text.replace("${" + key.name() + "}", value.asText());
        }
      }
      made.put("data", text);
    }
    if (!dashboardId.isEmpty()) {
      made.put("dashboardId", dashboardId);
    }
    return made.build();
  }

  /// The values that it looks at now, for people who ask why.
  JsonObject values(Facts facts) {
    var values = JsonObject.builder();
    for (var key : keys()) {
      var value = facts.value(key);
      values.put(key.name(), value == null ? JsonNull.NULL : value);
    }
    return values.build();
  }

  private static JsonObject object(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonString(var text) ? text : "";
  }

  private static String id(@Nullable JsonValue value) {
    return value instanceof JsonObject id ? id.text("id", "") : text(value);
  }

  private static @Nullable JsonValue staticValue(@Nullable JsonValue given) {
    return given instanceof JsonObject both && both.has("staticValue")
        ? both.get("staticValue")
        : given;
  }
}
