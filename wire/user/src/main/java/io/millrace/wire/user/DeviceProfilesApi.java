package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.pipeline.StoredQueues;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Page;
import io.millrace.wire.http.HttpError;

/// Device profiles.
final class DeviceProfilesApi {
  private final Guard guard;
  private final EntityStore entities;

  DeviceProfilesApi(Guard guard, EntityStore entities) {
    this.guard = guard;
    this.entities = entities;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/deviceProfiles",
        RouteTable.TENANT,
        "The tenant's device profiles.",
        r -> Reply.page(page(r), DeviceProfilesApi::json));
    table.get(
        "/api/deviceProfileInfos",
        RouteTable.TENANT_OR_CUSTOMER,
        "The tenant's device profiles, in short.",
        r -> Reply.page(page(r), DeviceProfilesApi::info));
    table.get(
        "/api/deviceProfileInfo/default",
        RouteTable.TENANT_OR_CUSTOMER,
        "The profile of devices that name none, in short.",
        _ -> Reply.of(info(defaultProfile())));
    table.get(
        "/api/deviceProfileInfo/{deviceProfileId}",
        RouteTable.TENANT_OR_CUSTOMER,
        "A device profile, in short.",
        r -> Reply.of(info(profile(r))));
    table.get(
        "/api/deviceProfile/{deviceProfileId}",
        RouteTable.TENANT,
        "A device profile.",
        r -> Reply.of(json(profile(r))));
    table.post(
        "/api/deviceProfile", RouteTable.TENANT, "Makes a profile, or changes one.", this::save);
    table.post(
        "/api/deviceProfile/{deviceProfileId}/default",
        RouteTable.TENANT,
        "Makes this the profile of devices that name none.",
        r -> Reply.of(json(entities.deviceProfiles().makeDefault(profile(r).id()))));
    table.delete(
        "/api/deviceProfile/{deviceProfileId}",
        RouteTable.TENANT,
        "Deletes a profile that no device has.",
        this::delete);
  }

  private Page<DeviceProfile> page(Request request) {
    return entities.deviceProfiles().page(Caller.current().tenantId(), request.pageLink());
  }

  private DeviceProfile profile(Request request) {
    return guard.profile(request.id("deviceProfileId", EntityType.DEVICE_PROFILE));
  }

  private DeviceProfile defaultProfile() {
    return entities
        .deviceProfiles()
        .findDefault(Caller.current().tenantId())
        .orElseThrow(HttpError::notFound);
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.DEVICE_PROFILE).map(guard::profile);
    var profile =
        known.orElseGet(
            () ->
                DeviceProfile.named(
                    entities.newId(EntityType.DEVICE_PROFILE),
                    Caller.current().tenantId(),
                    body.text("name")));
    var saved = entities.deviceProfiles().save(changed(profile, body));
    return Reply.of(
        json(
            body.flag("default", false)
                ? entities.deviceProfiles().makeDefault(saved.id())
                : saved));
  }

  private DeviceProfile changed(DeviceProfile profile, Fields body) {
    return new DeviceProfile(
        profile.id(),
        profile.createdTime(),
        profile.tenantId(),
        body.isAbsent("name") ? profile.name() : body.text("name"),
        body.text("description", profile.description()),
        profile.isDefault(),
        body.json().has("defaultRuleChainId")
            ? body.id("defaultRuleChainId", EntityType.RULE_CHAIN)
                .map(id -> guard.ruleChain(id).id())
                .orElse(null)
            : profile.defaultRuleChainId(),
        body.text("transportType", profile.transportType()),
        body.text("provisionType", profile.provisionType()),
        withQueue(checked(body.object("profileData", profile.profileData())), queue(profile, body)),
        body.number("version").orElse(profile.version()));
  }

  /// The queue that the body names, or the profile had; ThingsBoard keeps it beside the data.
  private String queue(DeviceProfile profile, Fields body) {
    var before = profile.profileData().text(StoredQueues.QUEUE_OF_PROFILE, "");
    if (!body.json().has(StoredQueues.QUEUE_OF_PROFILE)) {
      return before;
    }
    var name = body.optionalText(StoredQueues.QUEUE_OF_PROFILE).orElse("");
    if (!name.isEmpty()
        && entities.queues().findByAlias(EntityStore.SYSTEM_TENANT, name).isEmpty()) {
      throw HttpError.badField(
          StoredQueues.QUEUE_OF_PROFILE, "is '%s'; there is no such queue".formatted(name));
    }
    return name;
  }

  private static JsonObject withQueue(JsonObject data, String queue) {
    return queue.isEmpty()
        ? data.without(StoredQueues.QUEUE_OF_PROFILE)
        : data.with(StoredQueues.QUEUE_OF_PROFILE, new JsonString(queue));
  }

  private Reply delete(Request request) {
    var profile = profile(request);
    if (profile.isDefault()) {
      throw HttpError.badRequest(
          "Deletion of Default Device Profile is prohibited!"); // ThingsBoard's words
    }
    entities.deviceProfiles().delete(profile.id());
    return Reply.empty();
  }

  private static JsonObject info(DeviceProfile profile) {
    return JsonObject.builder()
        .put("id", EntityJson.id(profile.id()))
        .put("tenantId", EntityJson.id(profile.tenantId()))
        .put("name", profile.name())
        .put("image", JsonNull.NULL)
        .put("defaultDashboardId", JsonNull.NULL)
        .put("type", "DEFAULT")
        .put("transportType", profile.transportType())
        .build();
  }

  private static JsonObject json(DeviceProfile profile) {
    EntityId chain = profile.defaultRuleChainId();
    var data = profile.profileData().without(StoredQueues.QUEUE_OF_PROFILE);
    return JsonObject.builder()
        .put("id", EntityJson.id(profile.id()))
        .put("createdTime", profile.createdTime())
        .put("tenantId", EntityJson.id(profile.tenantId()))
        .put("name", profile.name())
        .put("description", EntityJson.textOrNull(profile.description()))
        .put("image", JsonNull.NULL)
        .put("type", "DEFAULT")
        .put("transportType", profile.transportType())
        .put("provisionType", profile.provisionType())
        .put("defaultRuleChainId", EntityJson.idOrNull(chain))
        .put("defaultDashboardId", JsonNull.NULL)
        .put(
            StoredQueues.QUEUE_OF_PROFILE,
            EntityJson.textOrNull(profile.profileData().text(StoredQueues.QUEUE_OF_PROFILE, "")))
        .put("profileData", data.isEmpty() ? DATA : data)
        .put("default", profile.isDefault())
        .put("version", profile.version())
        .build();
  }

  private static final JsonObject DATA =
      JsonObject.builder()
          .put("configuration", JsonObject.of("type", new JsonString("DEFAULT")))
          .put("transportConfiguration", JsonObject.of("type", new JsonString("DEFAULT")))
          .put(
              "provisionConfiguration",
              JsonObject.builder()
                  .put("type", "DISABLED")
                  .put("provisionDeviceSecret", JsonNull.NULL)
                  .build())
          .put("alarms", JsonNull.NULL)
          .build();

  private static JsonObject checked(JsonObject profileData) {
    ValueKinds.check(profileData);
    RetentionPlan.check(profileData);
    AlarmRuleCheck.check(profileData);
    return profileData;
  }
}
