package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What becomes of a field's results.
///
/// @param name of the only value, for fields that have one
/// @param scope of attributes; of telemetry it says nothing
/// @param decimals to round to; -1 for as they are
/// @param isImmediate saved at once, rather than sent to the rule chains
/// @param isSaved whether immediate values are stored
/// @param isPassedOn whether immediate values are told to calculated fields
/// @param onlyChanges whether immediate attributes are saved only when they differ
record Output(
    boolean isTelemetry,
    String name,
    AttributeScope scope,
    int decimals,
    boolean isImmediate,
    boolean isSaved,
    boolean isPassedOn,
    boolean onlyChanges) {
  private static final int DECIMALS_MAX = 15;

  /// Reads `output` of a configuration.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  static Output read(JsonObject configuration) {
    if (!(configuration.get("output") instanceof JsonObject json)) {
      throw new IllegalArgumentException("Output must be specified.");
    }
    var type = json.text("type", "");
    if (!type.equals("TIME_SERIES") && !type.equals("ATTRIBUTES")) {
      throw new IllegalArgumentException(
          "output.type=\"%s\" is not TIME_SERIES or ATTRIBUTES.".formatted(type));
    }
    boolean isTelemetry = type.equals("TIME_SERIES");
    var strategy = json.get("strategy") instanceof JsonObject given ? given : JsonObject.EMPTY;
    boolean isImmediate = strategy.text("type", "RULE_CHAIN").equals("IMMEDIATE");
    return new Output(
        isTelemetry,
        json.get("name") instanceof JsonNull ? "" : json.text("name", ""),
        scope(json, isTelemetry),
        decimals(json),
        isImmediate,
        isTelemetry
            ? flag(strategy, "saveTimeSeries") || flag(strategy, "saveLatest")
            : flag(strategy, "saveAttribute"),
        flag(strategy, "processCfs"),
        flag(strategy, "updateAttributesOnlyOnValueChange"));
  }

  private static AttributeScope scope(JsonObject json, boolean isTelemetry) {
    return isTelemetry
        ? AttributeScope.SERVER_SCOPE
        : Argument.choice(AttributeScope.class, "output.scope", json.text("scope", ""));
  }

  private static int decimals(JsonObject json) {
    if (!(json.get("decimalsByDefault") instanceof JsonLong(long decimals))) {
      return -1;
    }
    if (decimals < 0 || decimals > DECIMALS_MAX) {
      throw new IllegalArgumentException(
          "output.decimalsByDefault=%d; it must be 0 to %d.".formatted(decimals, DECIMALS_MAX));
    }
    return (int) decimals;
  }

  private static boolean flag(JsonObject json, String name) {
    return json.get(name) == JsonBoolean.TRUE;
  }

  /// The number, rounded.
  ///
  /// @throws IllegalArgumentException when it is not finite
  JsonValue number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The result is %s, which cannot be kept.".formatted(value));
    }
    if (decimals < 0) {
      return new JsonDouble(value);
    }
    var rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return decimals == 0
        ? new JsonLong(rounded.longValue())
        : new JsonDouble(rounded.doubleValue());
  }
}
