package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.scripts.Scripts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ThingsBoard's `PROPAGATION`: gives an entity's values, or what a script makes of them, to the
/// entities that are related to it.
record Propagation(
    Map<String, Argument> arguments,
    Output output,
    Source.Level relation,
    Optional<ScriptFormula> expression)
    implements Formula {
  private static final String RESERVED = "propagationCtx";

  static Propagation read(JsonObject configuration, Config config, Scripts scripts) {
    var level =
        Source.Level.of(
            configuration.get("relation") instanceof JsonObject given ? given : JsonObject.EMPTY);
    var arguments = Argument.readAll(configuration, config);
    if (arguments.containsKey(RESERVED)) {
      throw new IllegalArgumentException(
          "Argument name '%s' is reserved and cannot be used.".formatted(RESERVED));
    }
    if (configuration.get("applyExpressionToResolvedArguments") == JsonBoolean.TRUE) {
      if (arguments.values().stream().noneMatch(each -> each.source() instanceof Source.Own)) {
        throw new IllegalArgumentException(
            "At least one argument must be configured with the 'Current entity' source entity type"
                + " for 'Expression result' propagation mode!");
      }
      return new Propagation(
          arguments,
          Output.read(configuration),
          level,
          Optional.of(ScriptFormula.read(configuration, config, scripts)));
    }
    arguments.forEach(Propagation::checkBare);
    return new Propagation(arguments, Output.read(configuration), level, Optional.empty());
  }

  private static void checkBare(String name, Argument argument) {
    if (!(argument.source() instanceof Source.Own)) {
      throw new IllegalArgumentException(
          "Arguments in 'Arguments only' propagation mode support only the 'Current entity' source entity type! Argument: '%s'"
              .formatted(name));
    }
    if (argument.kind() == Argument.Kind.TS_ROLLING) {
      throw new IllegalArgumentException(
          "Argument '%s' is rolling; 'Arguments only' propagation takes attributes and latest telemetry."
              .formatted(name));
    }
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    var targets = evaluation.related(evaluation.entity(), relation);
    if (targets.isEmpty()) {
      throw new NotReadyException("No entity is related by " + relation.type());
    }
    var results =
        expression.isPresent() ? expression.get().compute(evaluation) : arguments(evaluation);
    return targets.stream()
        .flatMap(
            target -> results.stream().map(each -> new Result(target, each.ts(), each.values())))
        .toList();
  }

  /// Those that changed; all when that is not known.
  private List<Result> arguments(Evaluation evaluation) {
    var values = evaluation.values(arguments, evaluation.entity());
    var told = JsonObject.builder();
    long latest = -1;
    for (var each : values.entrySet()) {
      var argument = arguments.get(each.getKey());
      boolean isNews =
          evaluation.change().map(change -> argument != null && argument.isOf(change)).orElse(true);
      if (isNews && each.getValue() instanceof Value.Single single && !single.isEmpty()) {
        told.put(each.getKey(), single.value());
        latest = Math.max(latest, single.ts());
      }
    }
    var body = told.build();
    if (body.isEmpty()) {
      throw new NotReadyException("None of the arguments has a value");
    }
    return List.of(
        new Result(evaluation.entity(), output.isTelemetry() ? latest : Result.NOW, body));
  }
}
