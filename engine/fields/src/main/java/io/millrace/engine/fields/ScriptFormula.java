package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.engine.scripts.ScriptSyntaxException;
import io.millrace.engine.scripts.Scripts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// ThingsBoard's `SCRIPT`: any values, by a TBEL function of `ctx` and the arguments.
record ScriptFormula(Map<String, Argument> arguments, Output output, CompiledScript script)
    implements Formula {
  static ScriptFormula read(JsonObject configuration, Config config, Scripts scripts) {
    var arguments = Argument.readAll(configuration, config);
    arguments.forEach(SimpleFormula::requireNoRelations);
    return new ScriptFormula(
        arguments,
        Output.read(configuration),
        compile(scripts, configuration.text("expression", ""), arguments.keySet()));
  }

  /// @throws IllegalArgumentException when it is no TBEL, with line and column
  static CompiledScript compile(Scripts scripts, String text, Collection<String> arguments) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The expression must be specified.");
    }
    var parameters = new ArrayList<String>();
    parameters.add("ctx");
    parameters.addAll(arguments);
    try {
      return scripts.compile(ScriptLanguage.TBEL, text, parameters);
    } catch (ScriptSyntaxException e) {
      throw new IllegalArgumentException(
          "The expression does not compile: %s. Correct the script.".formatted(e.getMessage()), e);
    }
  }

  /// What the script returns; it is given single values bare and rolling ones as objects.
  ///
  /// @param latestTs what `ctx.latestTs` is
  static JsonValue run(CompiledScript script, Map<String, Value> values, long latestTs) {
    var args = JsonObject.builder();
    var given = new ArrayList<JsonValue>();
    values.forEach(
        (name, value) -> {
          var json = value.json();
          args.put(name, json);
          given.add(value instanceof Value.Single single ? single.value() : json);
        });
    var ctx = JsonObject.builder().put("args", args.build()).put("latestTs", latestTs).build();
    given.addFirst(ctx);
    return script.call(given);
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    var values = evaluation.values();
    var result = run(script, values, Evaluation.latestTs(values));
    return results(evaluation, result);
  }

  private static List<Result> results(Evaluation evaluation, JsonValue result) {
    return switch (result) {
      case JsonObject object when object.isEmpty() -> List.of();
      case JsonObject object -> List.of(new Result(evaluation.entity(), Result.NOW, object));
      case JsonArray list when list.values().stream().allMatch(JsonObject.class::isInstance) ->
          list.size() == 0 ? List.of() : List.of(new Result(evaluation.entity(), Result.NOW, list));
      case JsonNull _ -> List.of();
      default ->
          throw new IllegalArgumentException(
              "The script returned %s; it must return an object of values, or a list of such."
                  .formatted(result));
    };
  }
}
