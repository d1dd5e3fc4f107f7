package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import java.util.List;
import java.util.Optional;

/// The dashboard that people see first: the user's own, else the customer's, else the tenant's.
final class HomeDashboardsApi {
  private static final String ID = "homeDashboardId";
  private static final String HIDE = "homeDashboardHideToolbar";

  private final Guard guard;
  private final EntityStore entities;
  private final DashboardsApi dashboards;

  HomeDashboardsApi(Guard guard, EntityStore entities, DashboardsApi dashboards) {
    this.guard = guard;
    this.entities = entities;
    this.dashboards = dashboards;
  }

  private record Home(EntityId dashboard, boolean hidesToolbar) {}

  void routes(RouteTable table) {
    var readers = RouteTable.TENANT_OR_CUSTOMER;
    table.get(
        "/api/dashboard/home",
        readers,
        "The dashboard that the caller sees first.",
        _ ->
            own()
                .map(
                    home ->
                        Reply.of(
                            dashboards.json(guard.dashboard(home.dashboard())).toBuilder()
                                .put("hideDashboardToolbar", home.hidesToolbar())
                                .build()))
                .orElseGet(Reply::empty));
    table.get(
        "/api/dashboard/home/info",
        readers,
        "Which dashboard the caller sees first.",
        _ -> own().map(HomeDashboardsApi::info).orElseGet(Reply::empty));
    table.get(
        "/api/tenant/dashboard/home/info",
        RouteTable.TENANT,
        "Which dashboard the tenant's people see first.",
        _ ->
            home(tenant().additionalInfo())
                .map(HomeDashboardsApi::info)
                .orElseGet(HomeDashboardsApi::none));
    table.post(
        "/api/tenant/dashboard/home/info",
        RouteTable.TENANT,
        "Says which dashboard the tenant's people see first.",
        this::save);
  }

  private Tenant tenant() {
    var id = Caller.current().tenantId();
    return entities.tenants().find(id).orElseThrow(() -> Guard.missing(id));
  }

  private Optional<Home> own() {
    var caller = Caller.current();
    var customer = caller.customerId();
    var user = entities.users().find(caller.userId()).map(found -> found.additionalInfo());
    var ofCustomer =
        customer == null
            ? Optional.<JsonObject>empty()
            : entities.customers().find(customer).map(found -> found.additionalInfo());
    return List.of(user, ofCustomer, Optional.of(tenant().additionalInfo())).stream()
        .flatMap(Optional::stream)
        .flatMap(info -> home(info).stream())
        .filter(home -> guard.mayRead(home.dashboard()))
        .findFirst();
  }

  // kept as ThingsBoard keeps it: the bare id among the additional information
  private static Optional<Home> home(JsonObject info) {
    return info.get(ID) instanceof JsonString(var id) && id.length() == 36
        ? Optional.of(
            new Home(EntityId.of(EntityType.DASHBOARD, id), info.get(HIDE) != JsonBoolean.FALSE))
        : Optional.empty();
  }

  private static Reply info(Home home) {
    return Reply.of(
        JsonObject.builder()
            .put("dashboardId", EntityJson.id(home.dashboard()))
            .put("hideDashboardToolbar", home.hidesToolbar())
            .build());
  }

  private static Reply none() {
    return Reply.of(
        JsonObject.builder()
            .put("dashboardId", JsonNull.NULL)
            .put("hideDashboardToolbar", true)
            .build());
  }

  private Reply save(Request request) {
    var body = request.body();
    var dashboard = body.id("dashboardId", EntityType.DASHBOARD).map(guard::dashboard);
    var tenant = tenant();
    var info = tenant.additionalInfo().without(ID).without(HIDE);
    if (dashboard.isPresent()) {
      info =
          info.toBuilder()
              .put(ID, dashboard.get().id().id().toString())
              .put(HIDE, body.flag("hideDashboardToolbar", true))
              .build();
    }
    entities
        .tenants()
        .save(
            new Tenant(
                tenant.id(),
                tenant.createdTime(),
                tenant.title(),
                tenant.region(),
                tenant.contact(),
                info,
                tenant.version()));
    return Reply.empty();
  }
}
