package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.timeseries.Aggregation;
import io.millrace.store.timeseries.Interval;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.List;

/// Points that ENTITY_DATA commands ask for: `historyCmd`, `tsCmd`, `aggHistoryCmd`, `aggTsCmd`.
final class EntityPoints {
  private final TimeseriesStore timeseries;

  EntityPoints(TimeseriesStore timeseries) {
    this.timeseries = timeseries;
  }

  /// The entity's data with the points that the command asks for.
  JsonObject with(JsonObject data, EntityId entity, JsonObject command, PointBudget budget) {
    var series = JsonObject.builder();
    for (var name : List.of("historyCmd", "tsCmd")) {
      if (command.get(name) instanceof JsonObject part) {
        points(entity, part, budget, series);
      }
    }
    var totals = JsonObject.builder();
    for (var name : List.of("aggHistoryCmd", "aggTsCmd")) {
      if (command.get(name) instanceof JsonObject part) {
        totals(entity, part, totals);
      }
    }
    return data.with("timeseries", series.build()).with("aggLatest", totals.build());
  }

  private void points(
      EntityId entity, JsonObject part, PointBudget budget, JsonObject.Builder series) {
    // ThingsBoard: a limit of 0 is none of the client's
    var json = new Fields(part).number("limit").orElse(0) == 0 ? part.without("limit") : part;
    var command = new SocketCommand(SocketCommand.Kind.ENTITY_DATA, json);
    long from = command.number("startTs", 0);
    var range = RangeRequest.of(command, from, until(command, from));
    for (var key : command.keys()) {
      var found = range.read(timeseries, entity, key);
      budget.take(found.size());
      series.put(key, shape(found));
    }
  }

  private static long until(SocketCommand command, long from) {
    long window = command.number("timeWindow", 0);
    return command.number("endTs", window > 0 ? from + window : Long.MAX_VALUE);
  }

  private void totals(EntityId entity, JsonObject part, JsonObject.Builder totals) {
    var command = new SocketCommand(SocketCommand.Kind.ENTITY_DATA, part);
    long from = command.number("startTs", 0);
    long until = until(command, from);
    if (!(part.get("keys") instanceof JsonArray keys)) {
      return;
    }
    for (var each : keys.values()) {
      if (each instanceof JsonObject json) {
        var key = new SocketCommand(SocketCommand.Kind.ENTITY_DATA, json);
        boolean isPrevious = json.has("previousStartTs") && key.number("previousStartTs", 0) > 0;
        totals.put(
            Long.toString(key.number("id", 0)),
            JsonObject.builder()
                .put("current", total(entity, key, from, until))
                .put(
                    "previous",
                    isPrevious
                        ? total(
                            entity,
                            key,
                            key.number("previousStartTs", 0),
                            key.number("previousEndTs", from))
                        : JsonNull.NULL)
                .build());
      }
    }
  }

  private JsonValue total(EntityId entity, SocketCommand key, long from, long until) {
    var how = Request.choice("agg", Aggregation.class, key.text("agg", "NONE"));
    var name = key.text("key", "");
    var query =
        how == Aggregation.NONE
            ? RangeQuery.newest(name, from, until, 1)
            : RangeQuery.aggregated(
                name, from, until, how, Interval.ofMillis(Math.max(1, until - from)));
    return timeseries.read(entity, query).stream()
        .findFirst()
        .<JsonValue>map(point -> EntityValues.shape(point.ts(), point.value()))
        .orElse(JsonNull.NULL);
  }

  static JsonArray shape(List<Point> points) {
    return new JsonArray(
        points.stream()
            .<JsonValue>map(point -> EntityValues.shape(point.ts(), point.value()))
            .toList());
  }
}
