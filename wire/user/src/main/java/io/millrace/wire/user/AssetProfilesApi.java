package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Page;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.List;

/// Asset profiles.
final class AssetProfilesApi {
  private final Guard guard;
  private final EntityStore entities;

  AssetProfilesApi(Guard guard, EntityStore entities) {
    this.guard = guard;
    this.entities = entities;
  }

  void routes(RouteTable table) {
    var readers = RouteTable.TENANT_OR_CUSTOMER;
    table.get(
        "/api/assetProfiles",
        RouteTable.TENANT,
        "The tenant's asset profiles.",
        r -> Reply.page(page(r), AssetJson::of));
    table.get(
        "/api/assetProfileInfos", readers, "The tenant's asset profiles, in short.", this::infos);
    table.get(
        "/api/assetProfileInfo/default",
        readers,
        "The profile of assets that name none, in short.",
        _ -> Reply.of(AssetJson.info(defaultProfile())));
    table.get(
        "/api/assetProfileInfo/{assetProfileId}",
        readers,
        "An asset profile, in short.",
        r -> Reply.of(AssetJson.info(profile(r))));
    table.get(
        "/api/assetProfile/names",
        readers,
        "Names of the asset profiles.",
        _ -> Reply.list(all(), AssetProfilesApi::name));
    table.get(
        "/api/assetProfile/{assetProfileId}",
        RouteTable.TENANT,
        "An asset profile.",
        r -> Reply.of(AssetJson.of(profile(r))));
    table.post(
        "/api/assetProfile", RouteTable.TENANT, "Makes a profile, or changes one.", this::save);
    table.post(
        "/api/assetProfile/{assetProfileId}/default",
        RouteTable.TENANT,
        "Makes this the profile of assets that name none.",
        r -> Reply.of(AssetJson.of(entities.assetProfiles().makeDefault(profile(r).id()))));
    table.delete(
        "/api/assetProfile/{assetProfileId}",
        RouteTable.TENANT,
        "Deletes a profile that no asset has.",
        this::delete);
  }

  private Page<AssetProfile> page(Request request) {
    return entities.assetProfiles().page(Caller.current().tenantId(), request.pageLink());
  }

  private Reply infos(Request request) {
    var ids = request.list("assetProfileIds");
    if (ids.isEmpty()) {
      return Reply.page(page(request), AssetJson::info);
    }
    return Reply.list(
        ids.stream()
            .map(id -> new EntityId(EntityType.ASSET_PROFILE, Request.uuid("assetProfileIds", id)))
            .map(guard::assetProfile)
            .toList(),
        AssetJson::info);
  }

  private List<AssetProfile> all() {
    return entities
        .assetProfiles()
        .page(Caller.current().tenantId(), PageLink.first(PageLink.PAGE_SIZE_MAX))
        .data();
  }

  private static JsonObject name(AssetProfile profile) {
    return JsonObject.builder()
        .put("id", EntityJson.id(profile.id()))
        .put("name", profile.name())
        .build();
  }

  private AssetProfile profile(Request request) {
    return guard.assetProfile(request.id("assetProfileId", EntityType.ASSET_PROFILE));
  }

  private AssetProfile defaultProfile() {
    return new TenantSetup(entities).defaultAssetProfile(Caller.current().tenantId());
  }

  private Reply save(Request request) {
    var body = request.body();
    var profile =
        body.id("id", EntityType.ASSET_PROFILE)
            .map(guard::assetProfile)
            .orElseGet(
                () ->
                    AssetProfile.named(
                        entities.newId(EntityType.ASSET_PROFILE),
                        Caller.current().tenantId(),
                        body.text("name")));
    body.id("defaultRuleChainId", EntityType.RULE_CHAIN).ifPresent(guard::ruleChain);
    body.id("defaultDashboardId", EntityType.DASHBOARD).ifPresent(guard::dashboard);
    var saved = entities.assetProfiles().save(changed(profile, body));
    return Reply.of(
        AssetJson.of(
            body.flag("default", false)
                ? entities.assetProfiles().makeDefault(saved.id())
                : saved));
  }

  private static AssetProfile changed(AssetProfile profile, Fields body) {
    return new AssetProfile(
        profile.id(),
        profile.createdTime(),
        profile.tenantId(),
        body.isAbsent("name") ? profile.name() : body.text("name"),
        profile.isDefault(),
        EntityJson.details(profile.details(), body.json()),
        body.number("version").orElse(profile.version()));
  }

  private Reply delete(Request request) {
    var profile = profile(request);
    if (profile.isDefault()) {
      throw HttpError.badRequest(
          "Deletion of Default Asset Profile is prohibited!"); // ThingsBoard's words
    }
    entities.assetProfiles().delete(profile.id());
    return Reply.empty();
  }
}
