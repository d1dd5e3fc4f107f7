package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Page;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.Optional;
import java.util.Set;

/// Assets.
final class AssetsApi {
  private static final Set<Authority> READERS = RouteTable.TENANT_OR_CUSTOMER;

  private final Guard guard;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final EntityRemains remains;
  private final PublicCustomers publicCustomers;
  private final BulkImport bulk;

  AssetsApi(
      Guard guard,
      EntityStore entities,
      EngineWrites engine,
      EntityRemains remains,
      BulkImport bulk) {
    this.bulk = bulk;
    this.guard = guard;
    this.entities = entities;
    this.engine = engine;
    this.remains = remains;
    this.publicCustomers = new PublicCustomers(entities);
  }

  void routes(RouteTable table) {
    table.get("/api/tenant/assets", RouteTable.TENANT, "The tenant's assets.", this::ofTenant);
    table.get(
        "/api/tenant/asset",
        RouteTable.TENANT,
        "An asset by its name.",
        r -> byName(r.required("assetName")));
    table.get(
        "/api/tenant/assetInfos",
        RouteTable.TENANT,
        "The tenant's assets with the names around them.",
        r -> Reply.page(tenantPage(r), this::info));
    table.get(
        "/api/customer/{customerId}/assets",
        READERS,
        "The assets of a customer.",
        r -> Reply.page(customerPage(r), AssetJson::of));
    table.get(
        "/api/customer/{customerId}/assetInfos",
        READERS,
        "The assets of a customer with the names around them.",
        r -> Reply.page(customerPage(r), this::info));
    table.get("/api/asset/{assetId}", READERS, "An asset.", r -> Reply.of(AssetJson.of(asset(r))));
    table.get(
        "/api/asset/info/{assetId}",
        READERS,
        "An asset with the names around it.",
        r -> Reply.of(info(asset(r))));
    table.get("/api/assets", READERS, "Assets by their ids.", this::byIds);
    table.get("/api/asset/types", READERS, "Names of the profiles in use.", _ -> types());
    table.post("/api/asset", RouteTable.TENANT, "Makes an asset, or changes one.", this::save);
    table.delete("/api/asset/{assetId}", RouteTable.TENANT, "Deletes an asset.", this::delete);
    table.post(
        "/api/asset/bulk_import",
        RouteTable.TENANT,
        "Makes or changes many assets from comma-separated text.",
        r -> bulk.run(r, this::imported));
    table.post(
        "/api/customer/{customerId}/asset/{assetId}",
        RouteTable.TENANT,
        "Assigns an asset to a customer.",
        r -> assigned(asset(r), Optional.of(customer(r).id())));
    table.delete(
        "/api/customer/asset/{assetId}",
        RouteTable.TENANT,
        "Takes an asset from its customer.",
        r -> assigned(asset(r), Optional.empty()));
    table.post(
        "/api/customer/public/asset/{assetId}",
        RouteTable.TENANT,
        "Shows an asset to everybody.",
        r -> {
          var asset = asset(r);
          return assigned(asset, Optional.of(publicCustomers.of(asset.tenantId())));
        });
  }

  private Reply ofTenant(Request request) {
    var name = request.query("assetName");
    return name.isPresent() ? byName(name.get()) : Reply.page(tenantPage(request), AssetJson::of);
  }

  private Reply byName(String name) {
    return entities
        .assets()
        .findByName(Caller.current().tenantId(), name)
        .map(asset -> Reply.of(AssetJson.of(asset)))
        .orElseThrow(HttpError::notFound);
  }

  private Page<Asset> tenantPage(Request request) {
    var link = request.pageLink();
    return profileId(request)
        .map(id -> entities.assets().pageOfProfile(guard.assetProfile(id).id(), link))
        .orElseGet(() -> entities.assets().page(Caller.current().tenantId(), link));
  }

  private Optional<EntityId> profileId(Request request) {
    return request
        .query("assetProfileId")
        .map(id -> new EntityId(EntityType.ASSET_PROFILE, Request.uuid("assetProfileId", id)))
        .or(() -> request.query("type").flatMap(this::profileNamed).map(AssetProfile::id));
  }

  private Page<Asset> customerPage(Request request) {
    return entities.assets().pageOfCustomer(customer(request).id(), request.pageLink());
  }

  private Customer customer(Request request) {
    return guard.customer(request.id("customerId", EntityType.CUSTOMER));
  }

  private Asset asset(Request request) {
    return guard.asset(request.id("assetId", EntityType.ASSET));
  }

  private JsonObject info(Asset asset) {
    var customer = asset.customerId();
    return AssetJson.info(
        asset, customer == null ? Optional.empty() : entities.customers().find(customer));
  }

  private Reply byIds(Request request) {
    request.required("assetIds");
    return Reply.list(
        request.list("assetIds").stream()
            .map(id -> new EntityId(EntityType.ASSET, Request.uuid("assetIds", id)))
            .map(guard::asset)
            .toList(),
        AssetJson::of);
  }

  private Reply types() {
    var tenant = Caller.current().tenantId();
    return Reply.list(
        entities.assetProfiles().page(tenant, PageLink.first(1_000)).data(),
        profile -> EntityJson.subtype(tenant, EntityType.ASSET, profile.name()));
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.ASSET).map(guard::asset);
    var asset =
        known.orElseGet(
            () -> Asset.named(entities.newId(EntityType.ASSET), body.text("name"), profile(body)));
    var saved = entities.assets().save(changed(asset, body));
    engine.tell(
        saved.tenantId(),
        saved.id(),
        known.isPresent() ? "ENTITY_UPDATED" : "ENTITY_CREATED",
        AssetJson.of(saved));
    return Reply.of(AssetJson.of(saved));
  }

  private BulkImport.Done imported(BulkImport.Row row, boolean mayUpdate) {
    var body = JsonObject.builder();
    row.text(BulkImport.Column.NAME).ifPresent(text -> body.put("name", text));
    row.text(BulkImport.Column.TYPE).ifPresent(text -> body.put("type", text));
    row.text(BulkImport.Column.LABEL).ifPresent(text -> body.put("label", text));
    var fields = new Fields(body.build());
    var name = fields.text("name");
    var known = entities.assets().findByName(Caller.current().tenantId(), name);
    if (known.isPresent() && !mayUpdate) {
      throw HttpError.badRequest("An asset called %s exists already".formatted(name));
    }
    var asset =
        known.orElseGet(() -> Asset.named(entities.newId(EntityType.ASSET), name, profile(fields)));
    var described = described(changed(asset, fields), row);
    var saved = entities.assets().save(described);
    engine.tell(
        saved.tenantId(),
        saved.id(),
        known.isPresent() ? "ENTITY_UPDATED" : "ENTITY_CREATED",
        AssetJson.of(saved));
    return new BulkImport.Done(saved.id(), known.isEmpty());
  }

  private static Asset described(Asset asset, BulkImport.Row row) {
    return row.text(BulkImport.Column.DESCRIPTION)
        .map(
            text ->
                new Asset(
                    asset.id(),
                    asset.createdTime(),
                    asset.tenantId(),
                    asset.customerId(),
                    asset.name(),
                    asset.type(),
                    asset.label(),
                    asset.assetProfileId(),
                    asset.additionalInfo().with("description", new JsonString(text)),
                    asset.version()))
        .orElse(asset);
  }

  /// The asset with what the body says; what it leaves out stays.
  private Asset changed(Asset asset, Fields body) {
    boolean isSameKind = body.isAbsent("assetProfileId") && body.isAbsent("type");
    var profile = isSameKind ? guard.assetProfile(asset.assetProfileId()) : profile(body);
    var customer =
        body.isAbsent("customerId")
            ? asset.customerId()
            : body.id("customerId", EntityType.CUSTOMER)
                .map(id -> guard.customer(id).id())
                .orElse(null);
    return new Asset(
        asset.id(),
        asset.createdTime(),
        asset.tenantId(),
        customer,
        body.isAbsent("name") ? asset.name() : body.text("name"),
        profile.name(),
        body.text("label", asset.label()),
        profile.id(),
        body.object("additionalInfo", asset.additionalInfo()),
        body.number("version").orElse(asset.version()));
  }

  // ThingsBoard: a type that is not the name of a profile makes one of that name
  private AssetProfile profile(Fields body) {
    var id = body.id("assetProfileId", EntityType.ASSET_PROFILE);
    if (id.isPresent()) {
      return guard.assetProfile(id.get());
    }
    var type = body.text("type", "");
    if (type.isBlank()) {
      return new TenantSetup(entities).defaultAssetProfile(Caller.current().tenantId());
    }
    return profileNamed(type).orElseGet(() -> newProfile(type));
  }

  private AssetProfile newProfile(String name) {
    var id = entities.newId(EntityType.ASSET_PROFILE);
    return entities.assetProfiles().save(AssetProfile.named(id, Caller.current().tenantId(), name));
  }

  private Optional<AssetProfile> profileNamed(String name) {
    return entities.assetProfiles().findByName(Caller.current().tenantId(), name);
  }

  private Reply assigned(Asset asset, Optional<EntityId> customer) {
    var saved = entities.assets().save(asset.withCustomer(customer.orElse(null)));
    engine.tell(
        saved.tenantId(),
        saved.id(),
        customer.isPresent() ? "ENTITY_ASSIGNED" : "ENTITY_UNASSIGNED",
        AssetJson.of(saved));
    return Reply.of(AssetJson.of(saved));
  }

  private Reply delete(Request request) throws Exception {
    var asset = asset(request);
    entities.assets().delete(asset.id());
    remains.delete(asset.id());
    engine.tell(asset.tenantId(), asset.id(), "ENTITY_DELETED", AssetJson.of(asset));
    return Reply.empty();
  }
}
