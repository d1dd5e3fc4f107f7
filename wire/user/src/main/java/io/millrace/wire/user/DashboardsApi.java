package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Dashboard;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Dashboards, and who may look at them.
final class DashboardsApi {
  private static final Set<Authority> READERS = RouteTable.TENANT_OR_CUSTOMER;

  private final Guard guard;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final Clock clock;
  private final int pointsMax;
  private final PublicCustomers publicCustomers;

  DashboardsApi(
      Guard guard, EntityStore entities, EngineWrites engine, Clock clock, int pointsMax) {
    this.guard = guard;
    this.entities = entities;
    this.engine = engine;
    this.clock = clock;
    this.pointsMax = pointsMax;
    this.publicCustomers = new PublicCustomers(entities);
  }

  void routes(RouteTable table) {
    table.get(
        "/api/dashboard/serverTime",
        RouteTable.SIGNED_IN,
        "The server's clock, in milliseconds.",
        _ -> Reply.of(new JsonLong(clock.millis())));
    table.get(
        "/api/dashboard/maxDatapointsLimit",
        RouteTable.SIGNED_IN,
        "Most points of one request.",
        _ -> Reply.of(new JsonLong(pointsMax)));
    table.get(
        "/api/dashboard/info/{dashboardId}",
        READERS,
        "A dashboard without its widgets.",
        r -> Reply.of(info(dashboard(r))));
    table.get(
        "/api/dashboard/{dashboardId}", READERS, "A dashboard.", r -> Reply.of(json(dashboard(r))));
    table.get(
        "/api/tenant/dashboards",
        RouteTable.TENANT,
        "The tenant's dashboards, without their widgets.",
        r ->
            Reply.page(
                entities.dashboards().page(Caller.current().tenantId(), r.pageLink()), this::info));
    table.get(
        "/api/tenant/{tenantId}/dashboards",
        RouteTable.SYSTEM,
        "A tenant's dashboards, without their widgets.",
        r ->
            Reply.page(
                entities.dashboards().page(r.id("tenantId", EntityType.TENANT), r.pageLink()),
                this::info));
    table.get(
        "/api/customer/{customerId}/dashboards",
        READERS,
        "The dashboards that a customer may look at, without their widgets.",
        r ->
            Reply.page(
                entities.dashboards().pageOfCustomer(customer(r), r.pageLink()), this::info));
    table.get("/api/dashboards", READERS, "Dashboards by their ids.", this::byIds);
    table.post(
        "/api/dashboard", RouteTable.TENANT, "Makes a dashboard, or changes one.", this::save);
    table.delete(
        "/api/dashboard/{dashboardId}", RouteTable.TENANT, "Deletes a dashboard.", this::delete);
    table.post(
        "/api/customer/{customerId}/dashboard/{dashboardId}",
        RouteTable.TENANT,
        "Lets a customer look at a dashboard.",
        r -> assign(r, with(customer(r))));
    table.delete(
        "/api/customer/{customerId}/dashboard/{dashboardId}",
        RouteTable.TENANT,
        "Takes a dashboard from a customer.",
        r -> assign(r, without(customer(r))));
    table.post(
        "/api/customer/public/dashboard/{dashboardId}",
        RouteTable.TENANT,
        "Shows a dashboard to everybody.",
        r -> assign(r, with(publicCustomer())));
    table.delete(
        "/api/customer/public/dashboard/{dashboardId}",
        RouteTable.TENANT,
        "Shows a dashboard no longer to everybody.",
        r -> assign(r, without(publicCustomer())));
    table.post(
        "/api/dashboard/{dashboardId}/customers",
        RouteTable.TENANT,
        "Says which customers may look at a dashboard.",
        r -> assignAll(r, (_, given) -> given));
    table.post(
        "/api/dashboard/{dashboardId}/customers/add",
        RouteTable.TENANT,
        "Lets more customers look at a dashboard.",
        r -> assignAll(r, DashboardsApi::union));
    table.post(
        "/api/dashboard/{dashboardId}/customers/remove",
        RouteTable.TENANT,
        "Takes a dashboard from customers.",
        r -> assignAll(r, DashboardsApi::difference));
  }

  private Dashboard dashboard(Request request) {
    return guard.dashboard(request.id("dashboardId", EntityType.DASHBOARD));
  }

  private EntityId customer(Request request) {
    return guard.customer(request.id("customerId", EntityType.CUSTOMER)).id();
  }

  private EntityId publicCustomer() {
    return publicCustomers.of(Caller.current().tenantId());
  }

  private Reply byIds(Request request) {
    request.required("dashboardIds");
    return Reply.list(
        request.list("dashboardIds").stream()
            .map(id -> new EntityId(EntityType.DASHBOARD, Request.uuid("dashboardIds", id)))
            .map(guard::dashboard)
            .toList(),
        this::info);
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.DASHBOARD).map(guard::dashboard);
    var dashboard =
        known.orElseGet(
            () ->
                new Dashboard(
                    entities.newId(EntityType.DASHBOARD),
                    0,
                    Caller.current().tenantId(),
                    body.text("title"),
                    Set.of(),
                    JsonObject.EMPTY,
                    0));
    var saved = entities.dashboards().save(changed(dashboard, body));
    engine.tell(
        saved.tenantId(),
        saved.id(),
        known.isPresent() ? "ENTITY_UPDATED" : "ENTITY_CREATED",
        info(saved));
    return Reply.of(json(saved));
  }

  // ThingsBoard: assignedCustomers of the body are not looked at; the routes for that are
  private static Dashboard changed(Dashboard dashboard, Fields body) {
    body.object("configuration", JsonObject.EMPTY);
    return new Dashboard(
        dashboard.id(),
        dashboard.createdTime(),
        dashboard.tenantId(),
        body.isAbsent("title") ? dashboard.title() : body.text("title"),
        dashboard.customers(),
        EntityJson.details(dashboard.details(), body.json()),
        body.number("version").orElse(dashboard.version()));
  }

  private Reply delete(Request request) throws Exception {
    var dashboard = dashboard(request);
    entities.dashboards().delete(dashboard.id());
    engine.tell(dashboard.tenantId(), dashboard.id(), "ENTITY_DELETED", info(dashboard));
    return Reply.empty();
  }

  private Reply assign(Request request, UnaryOperator<Set<EntityId>> change) {
    var dashboard = dashboard(request);
    return Reply.of(json(entities.dashboards().assign(dashboard.id(), change)));
  }

  private Reply assignAll(
      Request request, BiFunction<Set<EntityId>, Set<EntityId>, Set<EntityId>> change) {
    dashboard(request);
    var given = given(request);
    return assign(request, before -> change.apply(before, given));
  }

  private Set<EntityId> given(Request request) {
    if (!(request.bodyValue() instanceof JsonArray list)) {
      throw HttpError.badRequest("The body is not a list of customers' ids");
    }
    var customers = new HashSet<EntityId>();
    for (var each : list.values()) {
      var id = Request.uuid("customerId", each.asText());
      customers.add(guard.customer(new EntityId(EntityType.CUSTOMER, id)).id());
    }
    return customers;
  }

  private static UnaryOperator<Set<EntityId>> with(EntityId customer) {
    return before -> union(before, Set.of(customer));
  }

  private static UnaryOperator<Set<EntityId>> without(EntityId customer) {
    return before -> difference(before, Set.of(customer));
  }

  private static Set<EntityId> union(Set<EntityId> before, Set<EntityId> more) {
    var all = new HashSet<>(before);
    all.addAll(more);
    return all;
  }

  private static Set<EntityId> difference(Set<EntityId> before, Set<EntityId> fewer) {
    var left = new HashSet<>(before);
    left.removeAll(fewer);
    return left;
  }

  /// The whole dashboard, with whatever its author put into it.
  JsonObject json(Dashboard dashboard) {
    var json = info(dashboard).toBuilder();
    dashboard.details().forEach(json::put);
    if (!dashboard.details().has("configuration")) {
      json.put("configuration", JsonNull.NULL);
    }
    return json.build();
  }

  /// DashboardInfo: what lists show.
  JsonObject info(Dashboard dashboard) {
    return JsonObject.builder()
        .put("id", EntityJson.id(dashboard.id()))
        .put("createdTime", dashboard.createdTime())
        .put("tenantId", EntityJson.id(dashboard.tenantId()))
        .put("title", dashboard.title())
        .put("name", dashboard.title())
        .put("image", member(dashboard, "image"))
        .put("assignedCustomers", customers(dashboard))
        .put("mobileHide", member(dashboard, "mobileHide"))
        .put("mobileOrder", member(dashboard, "mobileOrder"))
        .put("externalId", JsonNull.NULL)
        .put("version", dashboard.version())
        .build();
  }

  private JsonValue customers(Dashboard dashboard) {
    List<JsonValue> shown =
        dashboard.customers().stream()
            .flatMap(id -> entities.customers().find(id).stream())
            .<JsonValue>map(
                customer ->
                    JsonObject.builder()
                        .put("customerId", EntityJson.id(customer.id()))
                        .put("title", customer.title())
                        .put("public", customer.isPublic())
                        .build())
            .toList();
    return shown.isEmpty() ? JsonNull.NULL : new JsonArray(shown);
  }

  private static JsonValue member(Dashboard dashboard, String name) {
    var value = dashboard.details().get(name);
    return switch (value) {
      case null -> JsonNull.NULL;
      case JsonString(var text) when text.isEmpty() -> JsonNull.NULL;
      default -> value;
    };
  }
}
