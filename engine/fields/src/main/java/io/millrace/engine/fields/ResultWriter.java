package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a field computed, or sends it to the rule chains.
final class ResultWriter {
  private static final long AHEAD_MAX_MS = 60_000;
  private final FieldWatch watch;
  private final NodeServices services;

  ResultWriter(FieldWatch watch, NodeServices services) {
    this.watch = watch;
    this.services = services;
  }

  void write(Evaluation evaluation, Result result) {
    var output = evaluation.field().formula().output();
    if (!output.isImmediate()) {
      evaluation.context().send(message(evaluation, result));
    } else if (result.target().equals(evaluation.entity())) {
      save(evaluation, result);
    } else {
      evaluation.context().sendLater(FieldWork.write(evaluation, result));
    }
  }

  private static RuleMessage message(Evaluation evaluation, Result result) {
    var output = evaluation.field().formula().output();
    var context = evaluation.context();
    long ts = ts(evaluation, result);
    var metadata =
        JsonObject.builder()
            .put("cfName", evaluation.field().row().name()) // ThingsBoard's
            .put(FieldWork.PATH, FieldWork.path(evaluation.cause(), evaluation.field()));
    if (output.isTelemetry()) {
      metadata.put("ts", Long.toString(ts));
    } else {
      metadata.put("scope", output.scope().name());
    }
    var type =
        output.isTelemetry()
            ? MessageType.POST_TELEMETRY_REQUEST
            : MessageType.POST_ATTRIBUTES_REQUEST;
    return new RuleMessage(
        context.newId(), ts, type.name(), result.target(), metadata.build(), result.values());
  }

  /// Time stamps may run a little ahead of the clock, so that none is used twice;
  /// what is computed from such a message keeps its stamp.
  private static long ts(Evaluation evaluation, Result result) {
    if (result.ts() != Result.NOW) {
      return result.ts();
    }
    long now = evaluation.context().now();
    long stamp = evaluation.cause().ts();
    return stamp > now && stamp - now < AHEAD_MAX_MS ? stamp : now;
  }

  private void save(Evaluation evaluation, Result result) {
    var change =
        evaluation.field().formula().output().isTelemetry()
            ? telemetry(evaluation, result)
            : attributes(evaluation, result);
    if (evaluation.field().formula().output().isPassedOn()) {
      watch.saved(
          evaluation
              .cause()
              .withMetadata(FieldWork.PATH, FieldWork.path(evaluation.cause(), evaluation.field())),
          change,
          evaluation.context());
    }
  }

  private ValueChange telemetry(Evaluation evaluation, Result result) {
    boolean isSaved = evaluation.field().formula().output().isSaved();
    var points = new ArrayList<Point>();
    collect(result.values(), ts(evaluation, result), points);
    if (isSaved && !points.isEmpty()) {
      services.timeseries().save(evaluation.context().commit(), evaluation.entity(), points);
    }
    return new ValueChange.Telemetry(evaluation.entity(), points, isSaved);
  }

  private static void collect(JsonValue values, long ts, List<Point> points) {
    switch (values) {
      case JsonArray list -> list.values().forEach(each -> collect(each, ts, points));
      case JsonObject row
          when row.get("ts") instanceof JsonLong(long own)
              && row.get("values") instanceof JsonObject inner ->
          collect(inner, own, points);
      case JsonObject row ->
          row.forEach(
              (key, value) -> {
                if (!(value instanceof JsonNull)) {
                  points.add(new Point(key, ts, value));
                }
              });
      default -> {}
    }
  }

  private ValueChange attributes(Evaluation evaluation, Result result) {
    var output = evaluation.field().formula().output();
    var context = evaluation.context();
    var points = new ArrayList<Point>();
    collect(result.values(), context.now(), points);
    var attributes =
        points.stream()
            .map(point -> new Attribute(point.key(), point.value(), context.now()))
            .filter(each -> !output.onlyChanges() || isNew(evaluation, each))
            .toList();
    if (output.isSaved() && !attributes.isEmpty()) {
      services.attributes().save(context.commit(), evaluation.entity(), output.scope(), attributes);
    }
    return new ValueChange.Attributes(
        evaluation.entity(), output.scope(), attributes, output.isSaved());
  }

  private boolean isNew(Evaluation evaluation, Attribute attribute) {
    var scope = evaluation.field().formula().output().scope();
    EntityId entity = evaluation.entity();
    return services
        .attributes()
        .read(evaluation.context().commit(), entity, scope, List.of(attribute.key()))
        .stream()
        .noneMatch(stored -> stored.value().equals(attribute.value()));
  }
}
