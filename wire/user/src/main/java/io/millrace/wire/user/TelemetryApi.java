package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Telemetry of an entity: keys, latest values, ranges, posts and deletes.
final class TelemetryApi {
  private static final String PATH = "/api/plugins/telemetry/{entityType}/{entityId}";
  private static final int ENTITIES_MAX = 1_000;

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
    table.query(
        "/api/plugins/telemetry/query",
        allowed,
        "Latest values, or points of a range, of several entities: {entities: [{entityType, id}],"
            + " keys, startTs, endTs, agg, interval, intervalType, timeZone, limit, orderBy,"
            + " pixels}.",
        this::query);
    table.post(PATH + "/timeseries/{scope}", allowed, "Saves points.", this::save);
    table.post(PATH + "/timeseries/{scope}/{ttl}", allowed, "Saves points.", this::save);
    table.delete(PATH + "/timeseries/delete", allowed, "Deletes points.", this::delete);
  }

  private Reply keys(Request request) {
    var sight = Sight.of(request.entity(), guard);
    var known = timeseries.keys(sight.entity());
    var seen = sight.telemetryKeys(List.of());
    return Reply.list(
        known.stream().filter(key -> sight.isWhole() || seen.contains(key)).toList(),
        JsonString::new);
  }

  private Reply values(Request request) {
    var sight = Sight.of(request.entity(), guard);
    boolean strict = request.flag("useStrictDataTypes", false);
    boolean isRange = request.query("startTs").isPresent() || request.query("endTs").isPresent();
    return Reply.of(isRange ? range(sight, request, strict) : latest(sight, request, strict));
  }

  private JsonObject latest(Sight sight, Request request, boolean strict) {
    var asked = request.list("keys");
    var keys = sight.telemetryKeys(asked);
    if (keys.isEmpty() && (sight.view().isPresent() || !asked.isEmpty())) {
      return JsonObject.EMPTY; // of a view that shows none of them
    }
    var entity = sight.entity();
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

  private JsonObject range(Sight sight, Request request, boolean strict) {
    request.required("keys");
    var range =
        RangeRequest.of(
            request, sight.from(number(request, "startTs")), sight.until(number(request, "endTs")));
    var keys = sight.telemetryKeys(request.list("keys"));
    return range(sight.entity(), keys, range, strict, new PointBudget());
  }

  private JsonObject range(
      EntityId entity, List<String> keys, RangeRequest range, boolean strict, PointBudget budget) {
    var result = JsonObject.builder();
    for (var key : keys) {
      var points = range.read(timeseries, entity, key);
      budget.take(points.size());
      if (!points.isEmpty()) {
        result.put(
            key,
            new JsonArray(points.stream().<JsonValue>map(point -> json(point, strict)).toList()));
      }
    }
    return result.build();
  }

  /// Several entities and keys in one call; parameters as of the single range, values as stored.
  private Reply query(Request request) {
    var command = new SocketCommand(SocketCommand.Kind.TIMESERIES_HISTORY, request.bodyObject());
    var entities = entities(command.json());
    var keys = List.copyOf(command.keys());
    boolean isLatest = command.text("startTs").isEmpty() && command.text("endTs").isEmpty();
    var range = // parameters are checked for latest values too
        RangeRequest.of(
            command, command.number("startTs", 0), command.number("endTs", Long.MAX_VALUE));
    var budget = new PointBudget();
    var rows = new ArrayList<JsonValue>();
    for (var entity : entities) {
      var points =
          isLatest ? latest(entity, keys, budget) : range(entity, keys, range, true, budget);
      rows.add(
          JsonObject.builder()
              .put("entityId", EntityJson.id(entity))
              .put("timeseries", points)
              .build());
    }
    return Reply.of(new JsonArray(rows));
  }

  private JsonObject latest(EntityId entity, List<String> keys, PointBudget budget) {
    var points = keys.isEmpty() ? timeseries.latest(entity) : timeseries.latest(entity, keys);
    budget.take(points.size());
    var found = JsonObject.builder();
    points.forEach(point -> found.put(point.key(), JsonArray.of(json(point, true))));
    return found.build();
  }

  private List<EntityId> entities(JsonObject body) {
    if (!(body.get("entities") instanceof JsonArray list) || list.values().isEmpty()) {
      throw HttpError.badField("entities", "is missing; give a list of {\"entityType\", \"id\"}");
    }
    if (list.values().size() > ENTITIES_MAX) {
      throw HttpError.badField(
          "entities", "has %d entries; at most %d".formatted(list.values().size(), ENTITIES_MAX));
    }
    var entities = new ArrayList<EntityId>();
    for (var each : list.values()) {
      if (!(each instanceof JsonObject object)) {
        throw HttpError.badField("entities", "holds %s, not an object".formatted(each));
      }
      var entity =
          new EntityId(
              Request.choice("entityType", EntityType.class, object.text("entityType", "DEVICE")),
              Request.uuid("id", object.text("id", "")));
      guard.tenantOf(entity);
      entities.add(entity);
    }
    return entities;
  }

  private static long number(Request request, String name) {
    request.required(name);
    return request.number(name).orElseThrow();
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
