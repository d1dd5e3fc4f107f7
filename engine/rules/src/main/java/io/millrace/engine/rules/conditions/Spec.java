package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// How long, or how often, a condition must hold.
sealed interface Spec {
  /// Once is enough.
  record Simple() implements Spec {}

  /// Without a break for that long.
  record Lasting(Threshold amount, long unitMs) implements Spec {
    long requiredMs(Facts facts) {
      var number = amount.number(facts);
      return number == null ? 0 : (long) (number * unitMs);
    }
  }

  /// That many times in a row.
  record Repeating(Threshold count) implements Spec {
    long required(Facts facts) {
      var number = count.number(facts);
      return number == null ? 1 : number.longValue();
    }
  }

  Spec SIMPLE = new Simple();

  static Spec read(@Nullable JsonValue given) {
    if (!(given instanceof JsonObject json)) {
      return SIMPLE;
    }
    return switch (json.text("type", "SIMPLE")) {
      case "SIMPLE" -> SIMPLE;
      case "DURATION" -> new Lasting(amount(json, "value"), unitMs(json.text("unit", "SECONDS")));
      case "REPEATING" -> new Repeating(amount(json, "count"));
      default ->
          throw new IllegalArgumentException(
              "The condition type is \"%s\"; it must be SIMPLE, DURATION or REPEATING."
                  .formatted(json.text("type", "")));
    };
  }

  /// ThingsBoard: older versions wrote a bare number under another name.
  private static Threshold amount(JsonObject json, String old) {
    var current = json.get("predicate");
    var before = json.get(old);
    if (current instanceof JsonObject) {
      return Threshold.read(current);
    }
    return before instanceof JsonLong
            || before instanceof JsonDouble
            || before instanceof JsonObject
        ? Threshold.read(before)
        : Threshold.read(current);
  }

  private static long unitMs(String unit) {
    return switch (unit) {
      case "SECONDS" -> 1000L;
      case "MINUTES" -> 60_000L;
      case "HOURS" -> 3_600_000L;
      case "DAYS" -> 86_400_000L;
      default ->
          throw new IllegalArgumentException(
              "The duration's unit is \"%s\"; it must be SECONDS, MINUTES, HOURS or DAYS."
                  .formatted(unit));
    };
  }
}
