package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// A window on a device or an asset: some of its keys, of some time, for some customer.
///
/// @param target what is looked at
/// @param details the rest of ThingsBoard's JSON (keys, start and end time), as it came
public record EntityView(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    String name,
    String type,
    EntityId target,
    JsonObject details,
    long version)
    implements Entity {
  /// The view assigned to that customer, or to none.
  public EntityView withCustomer(@Nullable EntityId customer) {
    return new EntityView(
        id, createdTime, tenantId, customer, name, type, target, details, version);
  }
}
