package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.conditions.Facts.Owner;
import org.jspecify.annotations.Nullable;

/// What a value is compared with: a fixed value, or an attribute with that as fallback.
///
/// @param fixed ThingsBoard's `defaultValue`; a null literal for none
/// @param source whose attribute; empty name: none
/// @param inherits a device without the attribute takes its customer's, then its tenant's
record Threshold(
    JsonValue fixed, Owner source, String attribute, boolean inherits, String argument) {

  static Threshold read(@Nullable JsonValue json) {
    if (!(json instanceof JsonObject given)) {
      return fixed(json == null ? JsonNull.NULL : json);
    }
    if (given.has("staticValue") || given.has("dynamicValueArgument")) { // ThingsBoard 4.3
      return new Threshold(
          orNull(given.get("staticValue")),
          Owner.DEVICE,
          "",
          false,
          text(given, "dynamicValueArgument"));
    }
    var user = orNull(given.get("userValue"));
    var value = user == JsonNull.NULL ? orNull(given.get("defaultValue")) : user;
    if (!(given.get("dynamicValue") instanceof JsonObject dynamic)
        || text(dynamic, "sourceAttribute").isEmpty()) {
      return fixed(value);
    }
    return new Threshold(
        value,
        owner(dynamic.text("sourceType", "CURRENT_DEVICE")),
        text(dynamic, "sourceAttribute"),
        dynamic.get("inherit") == JsonBoolean.TRUE,
        "");
  }

  static Threshold fixed(JsonValue value) {
    return new Threshold(value, Owner.DEVICE, "", false, "");
  }

  /// The value now; null when there is none.
  @Nullable JsonValue of(Facts facts) {
    JsonValue found = null;
    if (!argument.isEmpty()) {
      found = facts.value(new ConditionKey(ConditionKey.Kind.ARGUMENT, argument));
    } else if (!attribute.isEmpty()) {
      found = facts.attribute(source, attribute);
      if (found == null && inherits && source == Owner.DEVICE) {
        found = facts.attribute(Owner.CUSTOMER, attribute);
      }
      if (found == null && inherits && source != Owner.TENANT) {
        found = facts.attribute(Owner.TENANT, attribute);
      }
    }
    var value = found == null ? fixed : found;
    return value == JsonNull.NULL ? null : value;
  }

  @Nullable Double number(Facts facts) {
    var own = Numbers.of(of(facts));
    return own == null ? Numbers.of(fixed) : own;
  }

  String text(Facts facts) {
    var value = of(facts);
    return value == null ? "" : value.asText();
  }

  boolean isDynamic() {
    return !attribute.isEmpty() || !argument.isEmpty();
  }

  private static Owner owner(String sourceType) {
    return switch (sourceType) {
      case "CURRENT_TENANT" -> Owner.TENANT;
      case "CURRENT_CUSTOMER" -> Owner.CUSTOMER;
      default -> Owner.DEVICE;
    };
  }

  private static JsonValue orNull(@Nullable JsonValue value) {
    return value == null ? JsonNull.NULL : value;
  }

  private static String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString(var text) ? text : "";
  }
}
