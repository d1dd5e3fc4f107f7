package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// A customer of a tenant, who sees the devices that are assigned to it.
///
/// @param isPublic whether everyone may look at its devices without signing in
public record Customer(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String title,
    boolean isPublic,
    Contact contact,
    JsonObject additionalInfo,
    long version)
    implements Entity {
  /// A customer that is not stored yet.
  public static Customer named(EntityId id, EntityId tenantId, String title) {
    return new Customer(id, 0, tenantId, title, false, Contact.NONE, JsonObject.EMPTY, 0);
  }
}
