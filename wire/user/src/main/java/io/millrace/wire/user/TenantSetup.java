package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.DefaultChains;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.StoredRuleChain;

/// What every tenant has from the beginning: default profiles of devices and assets, and a root
// rule chain.
public final class TenantSetup {
  private final EntityStore entities;

  public TenantSetup(EntityStore entities) {
    this.entities = entities;
  }

  /// Adds what is missing; a tenant that has everything stays as it is.
  public void furnish(EntityId tenantId) {
    if (entities.deviceProfiles().findDefault(tenantId).isEmpty()) {
      var id = entities.newId(EntityType.DEVICE_PROFILE);
      entities.deviceProfiles().save(DeviceProfile.named(id, tenantId, "default"));
      entities.deviceProfiles().makeDefault(id);
    }
    defaultAssetProfile(tenantId);
    if (entities.ruleChains().findRoot(tenantId).isEmpty()) {
      entities.ruleChains().makeRoot(saveRootChain(tenantId));
    }
  }

  /// The profile of assets that name none, made where an older version made none.
  AssetProfile defaultAssetProfile(EntityId tenantId) {
    return entities
        .assetProfiles()
        .findDefault(tenantId)
        .orElseGet(
            () -> {
              var named =
                  entities
                      .assetProfiles()
                      .findByName(tenantId, "default")
                      .orElseGet(() -> saveAssetProfile(tenantId));
              return entities.assetProfiles().makeDefault(named.id());
            });
  }

  private AssetProfile saveAssetProfile(EntityId tenantId) {
    var id = entities.newId(EntityType.ASSET_PROFILE);
    return entities.assetProfiles().save(AssetProfile.named(id, tenantId, "default"));
  }

  private EntityId saveRootChain(EntityId tenantId) {
    var root = DefaultChains.root();
    var id = entities.newId(EntityType.RULE_CHAIN);
    JsonObject metadata =
        RuleChainJson.withIds(
            root.metadata(), id.id(), () -> entities.newId(EntityType.RULE_NODE).id());
    var name = root.ruleChain().text("name", "Root Rule Chain");
    return entities.ruleChains().save(StoredRuleChain.named(id, tenantId, name, metadata)).id();
  }
}
