package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;

/// The credentials of all devices. Looking up who connects is answered from memory.
public final class Credentials extends EntityTable<DeviceCredentials> {
  /// The credentials with that access token.
  public Optional<DeviceCredentials> findByToken(String token) {
    throw unfinished();
  }

  /// The credentials with that id, of whatever type.
  public Optional<DeviceCredentials> findByCredentialsId(String credentialsId) {
    throw unfinished();
  }

  public Optional<DeviceCredentials> findByDevice(EntityId deviceId) {
    throw unfinished();
  }
}
