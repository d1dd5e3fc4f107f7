package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// An organisation with its own users, devices and rule chains.
public record Tenant(
    EntityId id,
    long createdTime,
    String title,
    String region,
    Contact contact,
    JsonObject additionalInfo,
    long version)
    implements Entity {
  /// A tenant that is not stored yet.
  public static Tenant named(EntityId id, String title) {
    return new Tenant(id, 0, title, "", Contact.NONE, JsonObject.EMPTY, 0);
  }

  @Override
  public EntityId tenantId() {
    return id;
  }
}
