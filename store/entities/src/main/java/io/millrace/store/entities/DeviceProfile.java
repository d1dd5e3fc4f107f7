package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// What devices of one kind share.
///
/// @param isDefault whether new devices without a profile get this one; one per tenant
/// @param defaultRuleChainId the chain for messages of these devices instead of the tenant's root
/// @param transportType, provisionType ThingsBoard's names, as `DEFAULT` and `DISABLED`
/// @param profileData ThingsBoard's `profileData`, kept as it is
public record DeviceProfile(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String name,
    String description,
    boolean isDefault,
    @Nullable EntityId defaultRuleChainId,
    String transportType,
    String provisionType,
    JsonObject profileData,
    long version)
    implements Entity {
  /// A profile that is not stored yet.
  public static DeviceProfile named(EntityId id, EntityId tenantId, String name) {
    return new DeviceProfile(
        id, 0, tenantId, name, "", false, null, "DEFAULT", "DISABLED", JsonObject.EMPTY, 0);
  }

  DeviceProfile withDefault(boolean isNowDefault) {
    return new DeviceProfile(
        id,
        createdTime,
        tenantId,
        name,
        description,
        isNowDefault,
        defaultRuleChainId,
        transportType,
        provisionType,
        profileData,
        version);
  }
}
