package io.millrace.store.entities;

import io.millrace.base.model.EntityId;

/// A secret that a program signs in with, as one user.
///
/// @param expires milliseconds since 1970; 0: never
/// @param hash of the secret, which itself is kept nowhere
public record ApiKey(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    EntityId userId,
    String description,
    boolean enabled,
    long expires,
    String hash,
    long version)
    implements Entity {
  /// The key switched on or off, described otherwise.
  public ApiKey changed(String otherDescription, boolean isEnabled) {
    return new ApiKey(
        id, createdTime, tenantId, userId, otherDescription, isEnabled, expires, hash, version);
  }
}
