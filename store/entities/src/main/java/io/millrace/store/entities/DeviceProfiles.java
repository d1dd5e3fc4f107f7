package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The device profiles of all tenants; [#find] is answered from memory for those in use.
public final class DeviceProfiles extends EntityTable<DeviceProfile> {
  /// The profile for new devices that name none.
  public Optional<DeviceProfile> findDefault(EntityId tenantId) {
    throw unfinished();
  }

  public Optional<DeviceProfile> findByName(EntityId tenantId, String name) {
    throw unfinished();
  }

  /// Makes this the tenant's default instead of the one before.
  public DeviceProfile makeDefault(EntityId id) {
    throw unfinished();
  }
}
