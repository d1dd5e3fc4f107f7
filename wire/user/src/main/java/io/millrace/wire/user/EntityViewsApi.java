package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityView;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.Optional;
import java.util.Set;

/// Entity views: windows on some keys of a device or an asset, for some customer.
final class EntityViewsApi {
  private static final Set<Authority> READERS = RouteTable.TENANT_OR_CUSTOMER;
  private static final Set<EntityType> TARGETS = Set.of(EntityType.DEVICE, EntityType.ASSET);

  private final Guard guard;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final EntityRemains remains;
  private final PublicCustomers publicCustomers;

  EntityViewsApi(Guard guard, EntityStore entities, EngineWrites engine, EntityRemains remains) {
    this.guard = guard;
    this.entities = entities;
    this.engine = engine;
    this.remains = remains;
    this.publicCustomers = new PublicCustomers(entities);
  }

  void routes(RouteTable table) {
    readingRoutes(table);
    table.post(
        "/api/entityView", RouteTable.TENANT, "Makes an entity view, or changes one.", this::save);
    table.delete(
        "/api/entityView/{entityViewId}", RouteTable.TENANT, "Deletes a view.", this::delete);
    table.post(
        "/api/customer/{customerId}/entityView/{entityViewId}",
        RouteTable.TENANT,
        "Assigns an entity view to a customer.",
        r -> assigned(view(r), Optional.of(customer(r))));
    table.delete(
        "/api/customer/entityView/{entityViewId}",
        RouteTable.TENANT,
        "Takes an entity view from its customer.",
        r -> assigned(view(r), Optional.empty()));
    table.post(
        "/api/customer/public/entityView/{entityViewId}",
        RouteTable.TENANT,
        "Shows an entity view to everybody.",
        r -> assigned(view(r), Optional.of(publicCustomers.of(Caller.current().tenantId()))));
  }

  private void readingRoutes(RouteTable table) {
    table.get("/api/tenant/entityViews", RouteTable.TENANT, "The tenant's views.", this::ofTenant);
    table.get(
        "/api/tenant/entityViewInfos",
        RouteTable.TENANT,
        "The tenant's entity views with the names around them.",
        r ->
            Reply.page(
                entities.entityViews().page(Caller.current().tenantId(), r.pageLink()),
                this::info));
    table.get(
        "/api/customer/{customerId}/entityViews",
        READERS,
        "The entity views of a customer.",
        r ->
            Reply.page(
                entities.entityViews().pageOfCustomer(customer(r), r.pageLink()),
                EntityViewJson::of));
    table.get(
        "/api/customer/{customerId}/entityViewInfos",
        READERS,
        "The entity views of a customer with the names around them.",
        r ->
            Reply.page(
                entities.entityViews().pageOfCustomer(customer(r), r.pageLink()), this::info));
    table.get(
        "/api/entityView/{entityViewId}",
        READERS,
        "An entity view.",
        r -> Reply.of(EntityViewJson.of(view(r))));
    table.get(
        "/api/entityView/info/{entityViewId}",
        READERS,
        "An entity view with the names around it.",
        r -> Reply.of(info(view(r))));
    table.get("/api/entityView/types", READERS, "Types of entity views in use.", _ -> types());
  }

  private Reply ofTenant(Request request) {
    var tenant = Caller.current().tenantId();
    return request
        .query("entityViewName")
        .map(
            name ->
                entities
                    .entityViews()
                    .findByName(tenant, name)
                    .map(view -> Reply.of(EntityViewJson.of(view)))
                    .orElseThrow(HttpError::notFound))
        .orElseGet(
            () ->
                Reply.page(
                    entities.entityViews().page(tenant, request.pageLink()), EntityViewJson::of));
  }

  private EntityView view(Request request) {
    return guard.entityView(request.id("entityViewId", EntityType.ENTITY_VIEW));
  }

  private EntityId customer(Request request) {
    return guard.customer(request.id("customerId", EntityType.CUSTOMER)).id();
  }

  private JsonObject info(EntityView view) {
    return EntityViewJson.info(
        view, Optional.ofNullable(view.customerId()).flatMap(entities.customers()::find));
  }

  private Reply types() {
    var tenant = Caller.current().tenantId();
    var link = new PageLink(1_000, 0, "", "name", true);
    return Reply.list(
        entities.entityViews().page(tenant, link).data().stream()
            .map(EntityView::type)
            .distinct()
            .sorted()
            .toList(),
        type -> EntityJson.subtype(tenant, EntityType.ENTITY_VIEW, type));
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.ENTITY_VIEW).map(guard::entityView);
    var target =
        body.isAbsent("entityId") && known.isPresent()
            ? known.get().target()
            : target(body.object("entityId", JsonObject.EMPTY));
    var customer =
        body.isAbsent("customerId")
            ? known.map(EntityView::customerId).orElse(null)
            : body.id("customerId", EntityType.CUSTOMER)
                .map(id -> guard.customer(id).id())
                .orElse(null);
    var saved =
        entities
            .entityViews()
            .save(
                new EntityView(
                    known
                        .map(EntityView::id)
                        .orElseGet(() -> entities.newId(EntityType.ENTITY_VIEW)),
                    known.map(EntityView::createdTime).orElse(0L),
                    Caller.current().tenantId(),
                    customer,
                    body.isAbsent("name") && known.isPresent()
                        ? known.get().name()
                        : body.text("name"),
                    body.text("type", known.map(EntityView::type).orElse("default")),
                    target,
                    EntityViewJson.details(
                        known.map(EntityView::details).orElse(JsonObject.EMPTY), body),
                    body.number("version").orElse(known.map(EntityView::version).orElse(0L))));
    engine.tell(
        saved.tenantId(),
        saved.id(),
        known.isPresent() ? "ENTITY_UPDATED" : "ENTITY_CREATED",
        EntityViewJson.of(saved));
    return Reply.of(EntityViewJson.of(saved));
  }

  private EntityId target(JsonObject json) {
    var target = EntityJson.read("entityId", json);
    if (!TARGETS.contains(target.type())) {
      throw HttpError.badField(
          "entityId", "is a %s; a view is of one of %s".formatted(target.type(), TARGETS));
    }
    guard.tenantOf(target);
    return target;
  }

  private Reply delete(Request request) throws Exception {
    var view = view(request);
    entities.entityViews().delete(view.id());
    remains.delete(view.id());
    engine.tell(view.tenantId(), view.id(), "ENTITY_DELETED", EntityViewJson.of(view));
    return Reply.empty();
  }

  private Reply assigned(EntityView view, Optional<EntityId> customer) {
    var saved = entities.entityViews().save(view.withCustomer(customer.orElse(null)));
    return Reply.of(EntityViewJson.of(saved));
  }
}
