package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.Set;

/// A page of widgets.
///
/// @param customers who may look at it besides the tenant
/// @param details the rest of its JSON (configuration, image, mobile settings), as it came
public record Dashboard(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String title,
    Set<EntityId> customers,
    JsonObject details,
    long version)
    implements Entity {
  public Dashboard {
    customers = Set.copyOf(customers);
  }

  /// The dashboard shown to exactly those customers.
  public Dashboard withCustomers(Set<EntityId> changed) {
    return new Dashboard(id, createdTime, tenantId, title, changed, details, version);
  }
}
