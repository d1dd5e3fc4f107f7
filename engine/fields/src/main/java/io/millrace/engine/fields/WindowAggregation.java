package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.ValueChange;
import io.millrace.store.timeseries.RangeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// ThingsBoard's `ENTITY_AGGREGATION`: aggregates of an entity's own telemetry over windows.
///
/// A window is told when it ends; again when its watermark has passed, if more came in meanwhile;
/// and before its end, from time to time, when intermediate results are wanted. The state holds the
/// windows that are still open; each has a timer.
record WindowAggregation(
    Map<String, Argument> arguments,
    Output output,
    Windows windows,
    long watermarkMs,
    boolean isIntermediate,
    Map<String, Metric> metrics)
    implements Formula {
  private static final String OPEN = "open"; // of the state: window → whether it has late points
  private static final String LAST = "last"; // when an intermediate result was told
  private static final int POINTS_MAX = 1_000_000;

  static WindowAggregation read(JsonObject configuration, Config config) {
    var arguments = Argument.readAll(configuration, config);
    arguments.forEach(WindowAggregation::check);
    long watermark =
        configuration.get("watermark") instanceof JsonObject json
                && json.get("duration") instanceof JsonLong(long seconds)
            ? Math.max(0, seconds) * 1000
            : 0;
    return new WindowAggregation(
        arguments,
        Output.read(configuration),
        Windows.read(configuration, config.windowMin()),
        watermark,
        configuration.get("produceIntermediateResult") == JsonBoolean.TRUE,
        Metric.readAll(configuration, arguments.keySet(), Optional.empty()));
  }

  private static void check(String name, Argument argument) {
    if (argument.kind() != Argument.Kind.TS_LATEST || !(argument.source() instanceof Source.Own)) {
      throw new IllegalArgumentException(
          "Argument '%s': this kind of field supports only TS_LATEST arguments of the current entity."
              .formatted(name));
    }
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    if (FieldWork.is(evaluation.cause())
        && FieldWork.what(evaluation.cause()) == FieldWork.What.TIMER) {
      return timer(evaluation, FieldWork.window(evaluation.cause()));
    }
    var results = new ArrayList<Result>();
    for (long window : touched(evaluation)) {
      open(evaluation, window);
      if (isIntermediate && isIntermediateDue(evaluation)) {
        results.addAll(aggregate(evaluation, window));
      }
    }
    return results;
  }

  /// Beginnings of the windows that a change is in and that may still be told.
  private TreeSet<Long> touched(Evaluation evaluation) {
    var touched = new TreeSet<Long>();
    long now = evaluation.context().now();
    var change = evaluation.change();
    if (change.isEmpty()) { // the field or the entity is new
      touched.add(windows.start(now));
    } else if (change.get() instanceof ValueChange.Telemetry telemetry) {
      for (var point : telemetry.points()) {
        if (isArgument(point) && now < windows.end(point.ts()) + watermarkMs) {
          touched.add(windows.start(point.ts()));
        }
      }
    }
    return touched;
  }

  private boolean isArgument(Point point) {
    return arguments.values().stream().anyMatch(each -> each.key().equals(point.key()));
  }

  private void open(Evaluation evaluation, long window) {
    var open = windows(evaluation);
    var name = Long.toString(window);
    long end = windows.end(window);
    if (!open.has(name)) {
      evaluation.state(OPEN, open.with(name, JsonBoolean.FALSE));
      evaluation.context().wakeLater(FieldWork.timer(evaluation, window), end);
    } else if (evaluation.context().now() >= end && open.get(name) == JsonBoolean.FALSE) {
      evaluation.state(OPEN, open.with(name, JsonBoolean.TRUE));
    }
  }

  private static JsonObject windows(Evaluation evaluation) {
    return evaluation.state().get(OPEN) instanceof JsonObject open ? open : JsonObject.EMPTY;
  }

  private boolean isIntermediateDue(Evaluation evaluation) {
    long now = evaluation.context().now();
    long last = evaluation.state().get(LAST) instanceof JsonLong(long known) ? known : 0;
    if (now - last < evaluation.config().intermediateInterval().toMillis()) {
      return false;
    }
    evaluation.state(LAST, new JsonLong(now));
    return true;
  }

  private List<Result> timer(Evaluation evaluation, long window) {
    var open = windows(evaluation);
    var name = Long.toString(window);
    if (!open.has(name)) {
      return List.of(); // the field was changed meanwhile
    }
    long closed = windows.end(window) + watermarkMs;
    if (evaluation.context().now() >= closed) {
      boolean isFirst = watermarkMs == 0;
      boolean isLate = open.get(name) == JsonBoolean.TRUE;
      evaluation.state(OPEN, open.without(name));
      if (isFirst) {
        openNext(evaluation, window);
      }
      return isFirst || isLate ? aggregate(evaluation, window) : List.of();
    }
    evaluation.context().wakeLater(FieldWork.timer(evaluation, window), closed);
    openNext(evaluation, window);
    return aggregate(evaluation, window);
  }

  /// Results of windows without values are wanted when a metric has a default.
  private void openNext(Evaluation evaluation, long window) {
    if (metrics.values().stream().anyMatch(metric -> metric.fallback().isPresent())) {
      open(evaluation, windows.end(window));
    }
  }

  private List<Result> aggregate(Evaluation evaluation, long window) {
    var values = JsonObject.builder();
    metrics.forEach(
        (name, metric) -> {
          var points = points(evaluation, metric, window);
          var fold = metric.fold();
          points.forEach(point -> fold.add(point.value()));
          if (!points.isEmpty()) {
            fold.result(output).ifPresent(result -> values.put(name, result));
          } else {
            metric.fallback().ifPresent(number -> values.put(name, output.number(number)));
          }
        });
    var told = values.build();
    return told.isEmpty() ? List.of() : List.of(new Result(evaluation.entity(), window, told));
  }

  private List<Point> points(Evaluation evaluation, Metric metric, long window) {
    var argument = arguments.get(metric.key());
    return argument == null
        ? List.of()
        : evaluation.points(
            RangeQuery.oldest(argument.key(), window, windows.end(window), POINTS_MAX));
  }
}
