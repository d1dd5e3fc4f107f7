package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;

/// One line of a condition: a key and what must be true of its value.
///
/// @param constant the value, when the key is a constant
record ConditionFilter(ConditionKey key, JsonValue constant, Predicate predicate) {
  static ConditionFilter read(JsonValue given) {
    if (!(given instanceof JsonObject json)) {
      throw new IllegalArgumentException("The filter %s is not an object.".formatted(given));
    }
    if (json.has("argument")) { // ThingsBoard 4.3
      return new ConditionFilter(
          new ConditionKey(ConditionKey.Kind.ARGUMENT, json.text("argument", "")),
          JsonNull.NULL,
          Predicate.several(
              json.text("operation", "AND").equals("OR"),
              json.get("predicates") instanceof JsonArray list ? list : null));
    }
    var predicate = json.get("predicate");
    var constant = json.get("value");
    return new ConditionFilter(
        ConditionKey.read(json.get("key") instanceof JsonObject key ? key : JsonObject.EMPTY),
        constant == null ? JsonNull.NULL : constant,
        Predicate.read(predicate == null ? JsonNull.NULL : predicate));
  }

  boolean holds(Facts facts, double slack) {
    var value = key.kind() == ConditionKey.Kind.CONSTANT ? constant : facts.value(key);
    return value != null && value != JsonNull.NULL && predicate.holds(value, facts, slack);
  }
}
