package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// Somebody who signs in. The password hash is kept apart: [Users#passwordHash].
///
/// @param tenantId [EntityStore#SYSTEM_TENANT] for a system administrator
/// @param customerId for a customer's user only
/// @param enabled whether the user may sign in
/// @param email also the name to sign in with; unique over all tenants, whatever its case
public record User(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    Authority authority,
    Role role,
    boolean enabled,
    String email,
    String firstName,
    String lastName,
    String phone,
    JsonObject additionalInfo,
    long version)
    implements Entity {
  /// A user with the usual role who may sign in.
  public User(
      EntityId id,
      long createdTime,
      EntityId tenantId,
      @Nullable EntityId customerId,
      Authority authority,
      String email,
      String firstName,
      String lastName,
      String phone,
      JsonObject additionalInfo,
      long version) {
    this(
        id,
        createdTime,
        tenantId,
        customerId,
        authority,
        Role.usual(authority),
        true,
        email,
        firstName,
        lastName,
        phone,
        additionalInfo,
        version);
  }

  /// The user with leave to sign in, or without.
  public User withEnabled(boolean isNowEnabled) {
    return new User(
        id,
        createdTime,
        tenantId,
        customerId,
        authority,
        role,
        isNowEnabled,
        email,
        firstName,
        lastName,
        phone,
        additionalInfo,
        version);
  }

  /// The user called and addressed otherwise.
  public User named(String otherEmail, String otherFirstName, String otherLastName) {
    return new User(
        id,
        createdTime,
        tenantId,
        customerId,
        authority,
        role,
        enabled,
        otherEmail,
        otherFirstName,
        otherLastName,
        phone,
        additionalInfo,
        version);
  }
}
