package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.scripts.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's `RELATED_ENTITIES_AGGREGATION`: aggregates of the latest values of all entities
/// that are related to the field's own.
///
/// Not more often than its interval; what comes sooner is told at the interval's end.
record RelatedAggregation(
    Map<String, Argument> arguments,
    Output output,
    Source.Level relation,
    Map<String, Metric> metrics,
    long intervalMs,
    boolean useLatestTs)
    implements Formula {
  private static final String LAST = "last";
  private static final String TIMER = "timer";

  static RelatedAggregation read(JsonObject configuration, Config config, Scripts scripts) {
    var level =
        Source.Level.of(
            configuration.get("relation") instanceof JsonObject given ? given : JsonObject.EMPTY);
    var arguments = Argument.readAll(configuration, config);
    arguments.forEach(RelatedAggregation::check);
    long seconds =
        configuration.get("deduplicationIntervalInSec") instanceof JsonLong(long given) ? given : 0;
    return new RelatedAggregation(
        arguments,
        Output.read(configuration),
        level,
        Metric.readAll(configuration, arguments.keySet(), Optional.of(scripts)),
        Math.max(seconds * 1000, config.deduplicationIntervalMin().toMillis()),
        configuration.get("useLatestTs") == JsonBoolean.TRUE);
  }

  private static void check(String name, Argument argument) {
    if (argument.kind() == Argument.Kind.TS_ROLLING) {
      throw new IllegalArgumentException(
          "Argument '%s' is rolling; this kind of field doesn't support TS_ROLLING arguments."
              .formatted(name));
    }
    if (!(argument.source() instanceof Source.Own)) {
      throw new IllegalArgumentException(
          "Argument '%s' names an entity; arguments are those of the related entities."
              .formatted(name));
    }
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    return isDue(evaluation) ? aggregate(evaluation) : List.of();
  }

  private boolean isDue(Evaluation evaluation) {
    if (intervalMs == 0) {
      return true;
    }
    long now = evaluation.context().now();
    boolean isTimer =
        FieldWork.is(evaluation.cause())
            && FieldWork.what(evaluation.cause()) == FieldWork.What.TIMER;
    long next = number(evaluation, LAST, now - intervalMs) + intervalMs;
    if (isTimer || now >= next) {
      evaluation.state(LAST, new JsonLong(now));
      return true;
    }
    if (number(evaluation, TIMER, 0) < next) {
      evaluation.state(TIMER, new JsonLong(next));
      evaluation.context().wakeLater(FieldWork.timer(evaluation, 0), next);
    }
    return false;
  }

  private static long number(Evaluation evaluation, String name, long fallback) {
    return evaluation.state().get(name) instanceof JsonLong(long known) ? known : fallback;
  }

  private List<Result> aggregate(Evaluation evaluation) {
    var rows = rows(evaluation);
    if (rows.isEmpty()) {
      throw new NotReadyException("No related entity has all arguments.");
    }
    long latest = rows.stream().mapToLong(Evaluation::latestTs).max().orElse(Result.NOW);
    var values = JsonObject.builder();
    metrics.forEach(
        (name, metric) ->
            fold(metric, rows, latest)
                .result(output)
                .ifPresent(result -> values.put(name, result)));
    long ts = useLatestTs && output.isTelemetry() ? latest : Result.NOW;
    var told = values.build();
    return told.isEmpty() ? List.of() : List.of(new Result(evaluation.entity(), ts, told));
  }

  /// The arguments of each related entity that has all of them.
  private List<Map<String, Value>> rows(Evaluation evaluation) {
    var related = evaluation.related(evaluation.entity(), relation);
    if (!relation.isFrom() && related.size() > 1) {
      throw new IllegalArgumentException(
          "More than one related entity is not supported for relation direction 'TO'. Found: %d."
              .formatted(related.size()));
    }
    var rows = new ArrayList<Map<String, Value>>();
    for (var entity : related) {
      var values = told(evaluation, entity, evaluation.values(arguments, entity));
      if (values.values().stream().noneMatch(Value::isEmpty)) {
        rows.add(values);
      }
    }
    return rows;
  }

  /// With what was told of that entity and not saved.
  private Map<String, Value> told(
      Evaluation evaluation, EntityId entity, Map<String, Value> stored) {
    var change = evaluation.change();
    if (change.isEmpty() || change.get().isSaved() || !change.get().entity().equals(entity)) {
      return stored;
    }
    var values = new LinkedHashMap<>(stored);
    arguments.forEach(
        (name, argument) ->
            Told.newest(argument, change.get()).ifPresent(value -> values.put(name, value)));
    return values;
  }

  private static Metric.Fold fold(Metric metric, List<Map<String, Value>> rows, long latest) {
    var fold = metric.fold();
    for (var row : rows) {
      boolean isTaken =
          metric
              .filter()
              .map(filter -> ScriptFormula.run(filter, row, latest) == JsonBoolean.TRUE)
              .orElse(true);
      if (isTaken) {
        fold.add(
            metric
                .script()
                .map(script -> ScriptFormula.run(script, row, latest))
                .orElseGet(() -> single(row.get(metric.key()))));
      }
    }
    return fold;
  }

  private static JsonValue single(@Nullable Value value) {
    return value instanceof Value.Single single ? single.value() : JsonNull.NULL;
  }
}
