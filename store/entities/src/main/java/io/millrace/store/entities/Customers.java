package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The customers of all tenants.
public final class Customers extends EntityTable<Customer> {
  public Optional<Customer> findByTitle(EntityId tenantId, String title) {
    throw unfinished();
  }
}
