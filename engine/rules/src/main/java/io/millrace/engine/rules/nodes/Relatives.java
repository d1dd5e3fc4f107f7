package io.millrace.engine.rules.nodes;

import io.millrace.base.model.EntityId;
import io.millrace.store.entities.EntityStore;
import java.util.Optional;

/// Entities that are found from another one.
final class Relatives {
  private Relatives() {}

  /// The customer that an entity belongs to.
  static Optional<EntityId> customerOf(EntityStore entities, EntityId entity) {
    return switch (entity.type()) {
      case CUSTOMER -> Optional.of(entity);
      case DEVICE ->
          entities.devices().find(entity).flatMap(found -> Optional.ofNullable(found.customerId()));
      case ASSET ->
          entities.assets().find(entity).flatMap(found -> Optional.ofNullable(found.customerId()));
      case USER ->
          entities.users().find(entity).flatMap(found -> Optional.ofNullable(found.customerId()));
      default -> Optional.empty();
    };
  }

  /// As [#customerOf], with words for people when there is none.
  static EntityId requireCustomer(EntityStore entities, EntityId entity) {
    return customerOf(entities, entity)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The originator %s is not assigned to any customer.".formatted(entity)));
  }
}
