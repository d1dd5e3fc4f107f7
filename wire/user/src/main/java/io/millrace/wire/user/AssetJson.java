package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.Customer;
import java.util.Optional;

/// ThingsBoard's JSON of assets and their profiles.
final class AssetJson {
  private AssetJson() {}

  static JsonObject of(Asset asset) {
    return JsonObject.builder()
        .put("id", EntityJson.id(asset.id()))
        .put("createdTime", asset.createdTime())
        .put("additionalInfo", EntityJson.infoOrNull(asset.additionalInfo()))
        .put("tenantId", EntityJson.id(asset.tenantId()))
        .put("customerId", EntityJson.customer(asset.customerId()))
        .put("name", asset.name())
        .put("type", asset.type())
        .put("label", EntityJson.textOrNull(asset.label()))
        .put("assetProfileId", EntityJson.id(asset.assetProfileId()))
        .put("externalId", JsonNull.NULL)
        .put("version", asset.version())
        .build();
  }

  /// AssetInfo: what a list shows beside the asset itself.
  static JsonObject info(Asset asset, Optional<Customer> customer) {
    return of(asset).toBuilder()
        .put("customerTitle", EntityJson.textOrNull(customer.map(Customer::title).orElse("")))
        .put("customerIsPublic", customer.map(Customer::isPublic).orElse(false))
        .put("assetProfileName", asset.type())
        .build();
  }

  static JsonObject of(AssetProfile profile) {
    return JsonObject.builder()
        .put("id", EntityJson.id(profile.id()))
        .put("createdTime", profile.createdTime())
        .put("tenantId", EntityJson.id(profile.tenantId()))
        .put("name", profile.name())
        .put("description", member(profile, "description"))
        .put("image", member(profile, "image"))
        .put("defaultRuleChainId", member(profile, "defaultRuleChainId"))
        .put("defaultDashboardId", member(profile, "defaultDashboardId"))
        .put("defaultQueueName", member(profile, "defaultQueueName"))
        .put("defaultEdgeRuleChainId", member(profile, "defaultEdgeRuleChainId"))
        .put("externalId", JsonNull.NULL)
        .put("default", profile.isDefault())
        .put("version", profile.version())
        .build();
  }

  static JsonObject info(AssetProfile profile) {
    return JsonObject.builder()
        .put("id", EntityJson.id(profile.id()))
        .put("tenantId", EntityJson.id(profile.tenantId()))
        .put("name", profile.name())
        .put("image", member(profile, "image"))
        .put("defaultDashboardId", member(profile, "defaultDashboardId"))
        .build();
  }

  private static JsonValue member(AssetProfile profile, String name) {
    var value = profile.details().get(name);
    return value == null ? JsonNull.NULL : value;
  }
}
