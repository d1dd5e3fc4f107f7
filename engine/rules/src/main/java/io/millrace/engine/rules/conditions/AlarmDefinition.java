package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.alarms.Propagation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One alarm of a profile: its type, and the rules that raise and clear it.
///
/// @param id tells the alarms of a profile apart, also when one is renamed
/// @param create by severity, the worst first
public record AlarmDefinition(
    String id,
    String type,
    Map<AlarmSeverity, AlarmRule> create,
    @Nullable AlarmRule clear,
    Propagation propagation,
    Hygiene hygiene,
    Set<ConditionKey> keys) {

  /// The alarms of a device profile's `profileData`.
  ///
  /// @throws IllegalArgumentException naming the alarm, what is wrong with it, and the cure
  public static List<AlarmDefinition> ofProfile(JsonObject profileData) {
    var all = new ArrayList<AlarmDefinition>();
    if (profileData.get("alarms") instanceof JsonArray alarms) {
      for (var each : alarms.values()) {
        if (each instanceof JsonObject alarm) {
          all.add(named(alarm, alarm.text("alarmType", "")));
        }
      }
    }
    return List.copyOf(all);
  }

  /// Reads one alarm; its type is given beside it in ThingsBoard 4.3.
  public static AlarmDefinition named(JsonObject json, String type) {
    try {
      return read(json, type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Alarm rule \"%s\": %s".formatted(type, e.getMessage()), e);
    }
  }

  private static AlarmDefinition read(JsonObject json, String type) {
    if (type.isBlank()) {
      throw new IllegalArgumentException("It has no alarm type. Give it one.");
    }
    var create = new EnumMap<AlarmSeverity, AlarmRule>(AlarmSeverity.class);
    if (json.get("createRules") instanceof JsonObject rules) {
      rules.forEach((severity, rule) -> create.put(severity(severity), rule(rule)));
    }
    var clear = json.get("clearRule") instanceof JsonObject rule ? AlarmRule.read(rule) : null;
    var keys = new HashSet<ConditionKey>();
    create.values().forEach(rule -> keys.addAll(rule.keys()));
    if (clear != null) {
      keys.addAll(clear.keys());
    }
    return new AlarmDefinition(
        json.text("id", type),
        type,
        create,
        clear,
        new Propagation(
            json.get("propagate") == JsonBoolean.TRUE,
            json.get("propagateToOwner") == JsonBoolean.TRUE,
            json.get("propagateToTenant") == JsonBoolean.TRUE,
            json.get("propagateRelationTypes") instanceof JsonArray types
                ? types.values().stream().map(JsonValue::asText).toList()
                : List.of()),
        Hygiene.read(json.get("hygiene")),
        Set.copyOf(keys));
  }

  /// Whether nothing has to be remembered between messages.
  public boolean isStateless() {
    return hygiene.isNone()
        && (clear == null || clear.isStateless())
        && create.values().stream().allMatch(AlarmRule::isStateless);
  }

  /// Whether a change of that key can change the alarm.
  boolean looksAt(ConditionKey.Kind kind, String name) {
    return keys.contains(new ConditionKey(kind, name));
  }

  private static AlarmRule rule(JsonValue json) {
    return AlarmRule.read(json instanceof JsonObject object ? object : JsonObject.EMPTY);
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
}
