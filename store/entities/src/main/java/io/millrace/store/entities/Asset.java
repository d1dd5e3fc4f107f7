package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// A thing that sends nothing by itself: a building, a room, a silo.
///
/// @param customerId the customer that it is assigned to
/// @param type the name of its profile, as ThingsBoard has it
public record Asset(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    String name,
    String type,
    String label,
    EntityId assetProfileId,
    JsonObject additionalInfo,
    long version)
    implements Entity {
  /// An asset that is not stored yet.
  public static Asset named(EntityId id, String name, AssetProfile profile) {
    return new Asset(
        id,
        0,
        profile.tenantId(),
        null,
        name,
        profile.name(),
        "",
        profile.id(),
        JsonObject.EMPTY,
        0);
  }

  /// The asset assigned to that customer, or to none.
  public Asset withCustomer(@Nullable EntityId customer) {
    return new Asset(
        id,
        createdTime,
        tenantId,
        customer,
        name,
        type,
        label,
        assetProfileId,
        additionalInfo,
        version);
  }
}
