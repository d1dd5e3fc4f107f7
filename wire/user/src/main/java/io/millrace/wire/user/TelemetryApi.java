package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.store.timeseries.Aggregation;
import io.millrace.store.timeseries.Order;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.util.stream.Collectors;

/// Telemetry of an entity: keys, latest values, ranges, posts and deletes.
final class TelemetryApi {
  private static final String PATH = "/api/plugins/telemetry/{entityType}/{entityId}";
  private static final int LIMIT_DEFAULT = 100; // ThingsBoard's

  private final Guard guard;
  private final TimeseriesStore timeseries;
  private final EngineWrites engine;
  private final Clock clock;

  TelemetryApi(Guard guard, TimeseriesStore timeseries, EngineWrites engine, Clock clock) {
    this.guard = guard;
    this.timeseries = timeseries;
    this.engine = engine;
    this.clock = clock;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    table.get(PATH + "/keys/timeseries", allowed, "Keys that have points.", this::keys);
    table.get(
        PATH + "/values/timeseries", allowed, "Latest values, or points of a range.", this::values);
    table.post(PATH + "/timeseries/{scope}", allowed, "Saves points.", this::save);
    table.post(PATH + "/timeseries/{scope}/{ttl}", allowed, "Saves points.", this::save);
    table.delete(PATH + "/timeseries/delete", allowed, "Deletes points.", this::delete);
  }

  private Reply keys(Request request) {
    return Reply.list(timeseries.keys(checked(request)), JsonString::new);
  }

  private Reply values(Request request) {
    var entity = checked(request);
    boolean strict = request.flag("useStrictDataTypes", false);
    boolean isRange = request.query("startTs").isPresent() || request.query("endTs").isPresent();
    return Reply.of(isRange ? range(entity, request, strict) : latest(entity, request, strict));
  }

  private JsonObject latest(EntityId entity, Request request, boolean strict) {
    var keys = request.list("keys");
    var points = keys.isEmpty() ? timeseries.latest(entity) : timeseries.latest(entity, keys);
    var found = JsonObject.builder();
    points.forEach(point -> found.put(point.key(), JsonArray.of(json(point, strict))));
    // ThingsBoard: a key that was asked for and has no value comes as null, now
    var known = points.stream().map(Point::key).collect(Collectors.toSet());
    keys.stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> found.put(key, JsonArray.of(none(clock.millis()))));
    return found.build();
  }

  private JsonObject range(EntityId entity, Request request, boolean strict) {
    request.required("keys");
    long from = number(request, "startTs");
    long until = number(request, "endTs");
    var order = request.choice("orderBy", Order.class).orElse(Order.DESC);
    var aggregation = request.choice("agg", Aggregation.class).orElse(Aggregation.NONE);
    long interval = request.number("interval", 0);
    int limit = limit(request);
    var result = JsonObject.builder();
    var budget = new PointBudget();
    for (var key : request.list("keys")) {
      var points =
          timeseries.read(entity, query(key, from, until, limit, order, aggregation, interval));
      budget.take(points.size());
      if (!points.isEmpty()) {
        result.put(
            key,
            new JsonArray(points.stream().<JsonValue>map(point -> json(point, strict)).toList()));
      }
    }
    return result.build();
  }

  /// ThingsBoard: an aggregation without an interval is none.
  static RangeQuery query(
      String key,
      long from,
      long until,
      int limit,
      Order order,
      Aggregation aggregation,
      long interval) {
    return aggregation == Aggregation.NONE || interval <= 0
        ? new RangeQuery(key, from, until, limit, order, Aggregation.NONE, 0)
        : RangeQuery.aggregated(key, from, until, aggregation, interval);
  }

  private static long number(Request request, String name) {
    request.required(name);
    return request.number(name).orElseThrow();
  }

  private static int limit(Request request) {
    long limit = request.number("limit", LIMIT_DEFAULT);
    if (limit < 1 || limit > PointBudget.MAX) {
      throw HttpError.badField("limit", "is %d, not 1 to %d".formatted(limit, PointBudget.MAX));
    }
    return (int) limit;
  }

  private Reply save(Request request) throws Exception {
    var entity = request.entity();
    var tenant = guard.tenantOf(entity);
    var rows = TelemetryBody.rows(request.bodyValue(), clock.millis());
    var event =
        engine.event(entity, "TIMESERIES_UPDATED", JsonObject.EMPTY, TelemetryBody.json(rows));
    engine.on(
        entity,
        batch -> {
          rows.forEach(row -> timeseries.save(batch.commit(), entity, row.points()));
          engine.tellInside(batch, tenant, event);
          return true;
        });
    return Reply.empty();
  }

  private Reply delete(Request request) throws Exception {
    var entity = checked(request);
    request.required("keys");
    boolean all = request.flag("deleteAllDataForKeys", false);
    // ThingsBoard's endTs is exclusive here as it is for reading
    long from = all ? Long.MIN_VALUE : number(request, "startTs");
    long until = all ? Long.MAX_VALUE : number(request, "endTs");
    engine.on(
        entity,
        batch -> {
          request
              .list("keys")
              .forEach(key -> timeseries.delete(batch.commit(), entity, key, from, until));
          return true;
        });
    return Reply.empty();
  }

  private EntityId checked(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    return entity;
  }

  private static JsonObject json(Point point, boolean strict) {
    return JsonObject.builder()
        .put("ts", point.ts())
        .put("value", strict ? point.value() : new JsonString(point.value().asText()))
        .build();
  }

  private static JsonObject none(long now) {
    return JsonObject.builder().put("ts", now).put("value", JsonNull.NULL).build();
  }
}
