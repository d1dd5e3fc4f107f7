package io.millrace.engine.fields;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.Scripts;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One aggregate of a field: ThingsBoard's AggMetric.
///
/// @param key the argument that is aggregated; empty when a script makes the values
/// @param script makes the values that are aggregated
/// @param filter says which entities count
/// @param fallback the result of a window without values
record Metric(
    Function function,
    String key,
    Optional<CompiledScript> script,
    Optional<CompiledScript> filter,
    OptionalDouble fallback) {

  /// ThingsBoard's AggFunction.
  enum Function {
    MIN,
    MAX,
    SUM,
    AVG,
    COUNT,
    COUNT_UNIQUE
  }

  /// Reads `metrics` of a configuration.
  ///
  /// @param scripts compiles filters and inputs; empty where there are none
  static Map<String, Metric> readAll(
      JsonObject configuration, Collection<String> arguments, Optional<Scripts> scripts) {
    var json = configuration.get("metrics") instanceof JsonObject given ? given : JsonObject.EMPTY;
    if (json.isEmpty()) {
      throw new IllegalArgumentException("Metrics map cannot be empty.");
    }
    var metrics = new LinkedHashMap<String, Metric>();
    json.forEach(
        (name, value) -> {
          try {
            metrics.put(
                name,
                read(value instanceof JsonObject one ? one : JsonObject.EMPTY, arguments, scripts));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "Metric '%s': %s".formatted(name, e.getMessage()), e);
          }
        });
    return Collections.unmodifiableMap(metrics);
  }

  private static Metric read(
      JsonObject json, Collection<String> arguments, Optional<Scripts> scripts) {
    var input = json.get("input") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var key = input.text("key", "");
    boolean isScript = input.text("type", "").equals("function") && scripts.isPresent();
    if (!isScript && !arguments.contains(key)) {
      throw new IllegalArgumentException(
          "Metric references unknown argument: '%s'.".formatted(key)); // ThingsBoard's words
    }
    var filter = json.get("filter") instanceof JsonNull ? "" : json.text("filter", "");
    return new Metric(
        Argument.choice(Function.class, "function", json.text("function", "")),
        isScript ? "" : key,
        isScript
            ? scripts.map(
                each -> ScriptFormula.compile(each, input.text("function", ""), arguments))
            : Optional.empty(),
        filter.isBlank()
            ? Optional.empty()
            : scripts.map(each -> ScriptFormula.compile(each, filter, arguments)),
        switch (json.get("defaultValue")) {
          case JsonLong(long whole) -> OptionalDouble.of((double) whole);
          case JsonDouble(double number) -> OptionalDouble.of(number);
          case null, default -> OptionalDouble.empty();
        });
  }

  /// Adds values up.
  Fold fold() {
    return new Fold(function);
  }

  /// The result of one metric in the making. One thread.
  static final class Fold {
    private final Function function;
    private final java.util.Set<String> seen = new java.util.HashSet<>();
    private java.math.BigDecimal sum = java.math.BigDecimal.ZERO; // so that 0.1 and 0.2 are 0.3
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private long count;

    private Fold(Function function) {
      this.function = function;
    }

    void add(JsonValue value) {
      if (value instanceof JsonNull) {
        return;
      }
      count++;
      switch (function) {
        case COUNT -> {}
        case COUNT_UNIQUE -> seen.add(value.asText());
        case MIN, MAX, SUM, AVG -> add(new Value.Single(0, value, false).number("input"));
      }
    }

    private void add(double number) {
      lowest = Math.min(lowest, number);
      highest = Math.max(highest, number);
      sum = sum.add(java.math.BigDecimal.valueOf(number));
    }

    /// Empty when there was nothing to aggregate, unless that counts as 0.
    Optional<JsonValue> result(Output output) {
      return switch (function) {
        case COUNT -> count == 0 ? Optional.empty() : Optional.of(new JsonLong(count));
        case COUNT_UNIQUE -> Optional.of(new JsonLong(seen.size()));
        case MIN -> number(output, lowest);
        case MAX -> number(output, highest);
        case SUM -> number(output, sum.doubleValue());
        case AVG -> number(output, count == 0 ? 0 : sum.doubleValue() / count);
      };
    }

    private Optional<JsonValue> number(Output output, double number) {
      return count == 0 ? Optional.empty() : Optional.of(output.number(number));
    }
  }
}
