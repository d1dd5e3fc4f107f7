package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The rows of one kind of entity.
public abstract class EntityTable<E extends Entity> {
  EntityTable() {}

  public final Optional<E> find(EntityId id) {
    throw unfinished();
  }

  /// Inserts a row of version 0, updates any other.
  ///
  /// @return the row as stored, with its new version
  /// @throws DuplicateNameException when its name is taken
  /// @throws StaleVersionException when the stored version is not the given one
  /// @throws MissingEntityException when it refers to something that is not there
  public final E save(E entity) {
    throw unfinished();
  }

  /// Deletes the row and what depends on it.
  ///
  /// @return whether there was such a row
  /// @throws InUseException when others refer to it
  public final boolean delete(EntityId id) {
    throw unfinished();
  }

  /// A page of a tenant's rows.
  ///
  /// @throws IllegalArgumentException when the sort property is not one of the sortable ones
  public final Page<E> page(EntityId tenantId, PageLink link) {
    throw unfinished();
  }

  static IllegalStateException unfinished() {
    return new IllegalStateException("Not built yet");
  }
}
