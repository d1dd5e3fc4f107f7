package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The devices of all tenants; [#find] is answered from memory for those in use.
public final class Devices extends EntityTable<Device> {
  public Optional<Device> findByName(EntityId tenantId, String name) {
    throw unfinished();
  }

  /// A page of the devices that are assigned to a customer.
  public Page<Device> pageOfCustomer(EntityId customerId, PageLink link) {
    throw unfinished();
  }

  /// A page of a tenant's devices of one profile.
  public Page<Device> pageOfProfile(EntityId deviceProfileId, PageLink link) {
    throw unfinished();
  }

  /// Inserts a device of version 0 and its credentials, or neither.
  public Device create(Device device, DeviceCredentials credentials) {
    throw unfinished();
  }
}
