package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.Optional;

/// What assets of one kind share.
///
/// @param isDefault whether new assets without a profile get this one; one per tenant
/// @param details the rest of ThingsBoard's JSON (description, image, default chain), as it came
public record AssetProfile(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String name,
    boolean isDefault,
    JsonObject details,
    long version)
    implements Entity {
  /// A profile that is not stored yet.
  public static AssetProfile named(EntityId id, EntityId tenantId, String name) {
    return new AssetProfile(id, 0, tenantId, name, false, JsonObject.EMPTY, 0);
  }

  /// The chain for messages of these assets instead of the tenant's root.
  public Optional<EntityId> defaultRuleChainId() {
    return details.get("defaultRuleChainId") instanceof JsonObject reference
            && reference.get("id") instanceof JsonString(var id)
        ? Optional.of(EntityId.of(EntityType.RULE_CHAIN, id))
        : Optional.empty();
  }

  AssetProfile withDefault(boolean isNowDefault) {
    return new AssetProfile(id, createdTime, tenantId, name, isNowDefault, details, version);
  }
}
