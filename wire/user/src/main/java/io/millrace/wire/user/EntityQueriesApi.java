package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.Collection;
import java.util.TreeSet;

/// Queries over entities and alarms, as tables and dashboards ask them.
final class EntityQueriesApi {
  private static final int KEYS_OF_ENTITIES = 100; // ThingsBoard's

  private final EntityQueries queries;
  private final AlarmQueries alarms;
  private final AttributeStore attributes;
  private final TimeseriesStore timeseries;

  EntityQueriesApi(
      EntityQueries queries,
      AlarmQueries alarms,
      AttributeStore attributes,
      TimeseriesStore timeseries) {
    this.queries = queries;
    this.alarms = alarms;
    this.attributes = attributes;
    this.timeseries = timeseries;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    table.query(
        "/api/entitiesQuery/find",
        allowed,
        "Entities by filter, with fields, attributes and latest values.",
        r -> Reply.of(queries.page(queries.find(r.bodyObject()))));
    table.query(
        "/api/entitiesQuery/count",
        allowed,
        "How many entities a filter finds.",
        r -> Reply.of(new JsonLong(queries.matching(r.bodyObject()).size())));
    table.query(
        "/api/entitiesQuery/find/keys",
        allowed,
        "Keys of the attributes and time series of what a query finds.",
        this::keys);
    table.query(
        "/api/alarmsQuery/find",
        allowed,
        "Alarms of the entities that a filter finds.",
        r -> Reply.of(alarms.page(r.bodyObject())));
    table.query(
        "/api/alarmsQuery/count",
        allowed,
        "How many alarms there are.",
        r -> Reply.of(new JsonLong(alarms.count(r.bodyObject()))));
  }

  private Reply keys(Request request) {
    boolean isPoints = request.flag("timeseries", false);
    boolean isAttributes = request.flag("attributes", false);
    var scope = request.choice("scope", AttributeScope.class);
    var types = new TreeSet<String>();
    var points = new TreeSet<String>();
    var named = new TreeSet<String>();
    queries.matching(request.bodyObject()).stream()
        .limit(KEYS_OF_ENTITIES)
        .forEach(
            row -> {
              types.add(row.id().type().name());
              if (isPoints) {
                points.addAll(timeseries.keys(row.id()));
              }
              if (isAttributes) {
                for (var each : AttributeScope.values()) {
                  if (scope.isEmpty() || scope.get() == each) {
                    attributes.read(row.id(), each).forEach(found -> named.add(found.key()));
                  }
                }
              }
            });
    return Reply.of(
        JsonObject.builder()
            .put("entityTypes", list(types))
            .put("timeseries", list(points))
            .put("attribute", list(named))
            .build());
  }

  private static JsonArray list(Collection<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }
}
