package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;

/// Tenants, as the system administrator sees them; a tenant's users see their own.
final class TenantsApi {
  private final EntityStore entities;
  private final TenantSetup setup;

  TenantsApi(EntityStore entities, TenantSetup setup) {
    this.entities = entities;
    this.setup = setup;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/tenants",
        RouteTable.SYSTEM,
        "All tenants.",
        r -> Reply.page(entities.tenants().page(r.pageLink()), TenantsApi::json));
    table.get(
        "/api/tenant/{tenantId}",
        RouteTable.ADMINISTRATORS,
        "A tenant.",
        r -> Reply.of(json(tenant(r.id("tenantId", EntityType.TENANT)))));
    table.administer(
        "POST", "/api/tenant", RouteTable.SYSTEM, "Makes a tenant, or changes one.", this::save);
    table.administer(
        "DELETE",
        "/api/tenant/{tenantId}",
        RouteTable.SYSTEM,
        "Deletes a tenant with all that it has.",
        r -> {
          entities.tenants().delete(tenant(r.id("tenantId", EntityType.TENANT)).id());
          return Reply.empty();
        });
  }

  private Tenant tenant(EntityId id) {
    var caller = Caller.current();
    if (!caller.isSystemAdministrator() && !caller.tenantId().equals(id)) {
      throw Guard.missing(id);
    }
    return entities.tenants().find(id).orElseThrow(() -> Guard.missing(id));
  }

  private Reply save(Request request) {
    var body = request.body();
    var id = body.id("id", EntityType.TENANT);
    var tenant =
        id.map(this::tenant)
            .orElseGet(() -> Tenant.named(entities.newId(EntityType.TENANT), body.text("title")));
    var saved = entities.tenants().save(changed(tenant, body));
    setup.furnish(saved.id());
    return Reply.of(json(saved));
  }

  private static Tenant changed(Tenant tenant, Fields body) {
    return new Tenant(
        tenant.id(),
        tenant.createdTime(),
        body.isAbsent("title") ? tenant.title() : body.text("title"),
        body.text("region", tenant.region()),
        ContactJson.changed(tenant.contact(), body),
        RetentionPlan.checked(body.object("additionalInfo", tenant.additionalInfo())),
        body.number("version").orElse(tenant.version()));
  }

  private static JsonObject json(Tenant tenant) {
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(tenant.id()))
            .put("createdTime", tenant.createdTime())
            .put("title", tenant.title())
            .put("name", tenant.title())
            .put("region", EntityJson.textOrNull(tenant.region()))
            .put("version", tenant.version())
            .put("additionalInfo", EntityJson.infoOrNull(tenant.additionalInfo()));
    return ContactJson.put(tenant.contact(), json).build();
  }
}
