package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// What keeps an alarm from fluttering; fields of Millrace's own beside ThingsBoard's.
///
/// @param hysteresis an active alarm's numeric thresholds are easier to meet by this much;
///     without a clear rule it is cleared when none is met any more
/// @param minOnMs it is not cleared earlier than this after it was raised
/// @param minOffMs it is not raised again earlier than this after it was cleared
/// @param silenceMs it is cleared when nothing has come in for so long; 0 for never
/// @param flapsMax it stays active while it has come and gone more often than this within about an
///     hour; 0 for no such limit
/// @param muteByParent relation type by which an entity that has an active alarm of the same type
///     keeps this one from being raised; empty for none
public record Hygiene(
    double hysteresis,
    long minOnMs,
    long minOffMs,
    long silenceMs,
    double flapsMax,
    String muteByParent) {
  static final Hygiene NONE = new Hygiene(0, 0, 0, 0, 0, "");

  static Hygiene read(@Nullable JsonValue given) {
    if (!(given instanceof JsonObject json)) {
      return NONE;
    }
    return new Hygiene(
        number(json, "hysteresis"),
        seconds(json, "minOnSeconds"),
        seconds(json, "minOffSeconds"),
        seconds(json, "clearAfterSilenceSeconds"),
        number(json, "flapsPerHourMax"),
        json.text("muteByParent", ""));
  }

  /// Whether an alarm of a parent keeps this one from being raised.
  public boolean isMutable() {
    return !muteByParent.isEmpty();
  }

  boolean isNone() {
    return equals(NONE);
  }

  private static long seconds(JsonObject json, String name) {
    return (long) (number(json, name) * 1000);
  }

  private static double number(JsonObject json, String name) {
    double value =
        switch (json.get(name)) {
          case JsonLong(long whole) -> whole;
          case JsonDouble(double fraction) -> fraction;
          case null, default -> 0;
        };
    if (value < 0) {
      throw new IllegalArgumentException(
          "hygiene.%s=%s; it must not be negative.".formatted(name, value));
    }
    return value;
  }
}
