package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.nodes.MathExpression;
import java.util.List;
import java.util.Map;

/// ThingsBoard's `SIMPLE`: one number from an arithmetic expression.
record SimpleFormula(
    Map<String, Argument> arguments, Output output, MathExpression expression, boolean useLatestTs)
    implements Formula {
  static SimpleFormula read(JsonObject configuration, Config config) {
    var arguments = Argument.readAll(configuration, config);
    arguments.forEach(SimpleFormula::check);
    var output = Output.read(configuration);
    if (output.name().isBlank()) {
      throw new IllegalArgumentException("output.name must be specified.");
    }
    var text = configuration.text("expression", "");
    if (text.isBlank()) {
      throw new IllegalArgumentException("The expression must be specified.");
    }
    return new SimpleFormula(
        arguments,
        output,
        MathExpression.of(text, List.copyOf(arguments.keySet())),
        configuration.get("useLatestTs") == JsonBoolean.TRUE);
  }

  private static void check(String name, Argument argument) {
    if (argument.kind() == Argument.Kind.TS_ROLLING) {
      throw new IllegalArgumentException(
          "Argument '%s' is rolling; a simple field takes latest values and attributes, a script field takes rolling ones too."
              .formatted(name));
    }
    requireNoRelations(name, argument);
  }

  /// ThingsBoard: only geofencing looks for arguments along relations.
  static void requireNoRelations(String name, Argument argument) {
    if (argument.source() instanceof Source.Related) {
      throw new IllegalArgumentException(
          "Argument '%s' is found by relations, which this kind of field does not do; use a related entities aggregation, or geofencing."
              .formatted(name));
    }
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    var values = evaluation.values();
    var numbers =
        values.entrySet().stream()
            .mapToDouble(entry -> ((Value.Single) entry.getValue()).number(entry.getKey()))
            .toArray();
    var result = JsonObject.of(output.name(), output.number(expression.value(numbers)));
    long ts = useLatestTs && output.isTelemetry() ? Evaluation.latestTs(values) : Result.NOW;
    return List.of(new Result(evaluation.entity(), ts, result));
  }
}
