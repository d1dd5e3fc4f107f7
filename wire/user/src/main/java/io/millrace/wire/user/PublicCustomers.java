package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Contact;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;

/// The customer of each tenant that everybody belongs to: what is assigned to it is public.
final class PublicCustomers {
  private static final String TITLE = "Public"; // ThingsBoard's

  private final EntityStore entities;

  PublicCustomers(EntityStore entities) {
    this.entities = entities;
  }

  /// The tenant's public customer, made when it is first needed.
  EntityId of(EntityId tenantId) {
    return entities
        .customers()
        .findByTitle(tenantId, TITLE)
        .filter(Customer::isPublic)
        .orElseGet(() -> entities.customers().save(fresh(tenantId)))
        .id();
  }

  private Customer fresh(EntityId tenantId) {
    return new Customer(
        entities.newId(EntityType.CUSTOMER),
        0,
        tenantId,
        TITLE,
        true,
        Contact.NONE,
        JsonObject.of("isPublic", JsonBoolean.TRUE),
        0);
  }
}
