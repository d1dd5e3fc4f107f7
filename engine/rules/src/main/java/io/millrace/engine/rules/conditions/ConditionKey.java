package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonObject;

/// What a condition looks at.
public record ConditionKey(Kind kind, String name) {
  /// ThingsBoard's kinds of keys.
  public enum Kind {
    TIME_SERIES,
    ATTRIBUTE,
    ENTITY_FIELD,
    CONSTANT,
    /// A named argument of an alarm rule of ThingsBoard 4.3.
    ARGUMENT
  }

  static ConditionKey read(JsonObject json) {
    var type = json.text("type", "TIME_SERIES");
    var kind =
        switch (type) {
          case "TIME_SERIES" -> Kind.TIME_SERIES;
          case "ATTRIBUTE", "CLIENT_ATTRIBUTE", "SHARED_ATTRIBUTE", "SERVER_ATTRIBUTE" ->
              Kind.ATTRIBUTE;
          case "ENTITY_FIELD" -> Kind.ENTITY_FIELD;
          case "CONSTANT" -> Kind.CONSTANT;
          default ->
              throw new IllegalArgumentException(
                  "The condition's key type is \"%s\"; it must be TIME_SERIES, ATTRIBUTE, ENTITY_FIELD or CONSTANT."
                      .formatted(type));
        };
    return new ConditionKey(kind, json.text("key", ""));
  }
}
