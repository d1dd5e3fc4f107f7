package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The users of all tenants.
public final class Users extends EntityTable<User> {
  /// The user with that name to sign in, whatever its case.
  public Optional<User> findByEmail(String email) {
    throw unfinished();
  }

  /// What `engine/access` made of the user's password; empty when none was set.
  public Optional<String> passwordHash(EntityId id) {
    throw unfinished();
  }

  public void setPasswordHash(EntityId id, String hash) {
    throw unfinished();
  }

  /// A page of a customer's users.
  public Page<User> pageOfCustomer(EntityId customerId, PageLink link) {
    throw unfinished();
  }
}
