package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// A thing that sends telemetry and takes commands.
///
/// @param customerId the customer that it is assigned to
/// @param type the name of its profile, as ThingsBoard has it
/// @param deviceData ThingsBoard's transport settings of the device, kept as they are
public record Device(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    String name,
    String type,
    String label,
    EntityId deviceProfileId,
    JsonObject deviceData,
    JsonObject additionalInfo,
    long version)
    implements Entity {
  /// A device that is not stored yet.
  public static Device named(EntityId id, String name, DeviceProfile profile) {
    return new Device(
        id,
        0,
        profile.tenantId(),
        null,
        name,
        profile.name(),
        "",
        profile.id(),
        JsonObject.EMPTY,
        JsonObject.EMPTY,
        0);
  }

  /// The device assigned to that customer, or to none.
  public Device withCustomer(@Nullable EntityId customer) {
    return new Device(
        id,
        createdTime,
        tenantId,
        customer,
        name,
        type,
        label,
        deviceProfileId,
        deviceData,
        additionalInfo,
        version);
  }
}
