package io.millrace.store.entities;

import io.millrace.base.model.EntityId;

/// How one device proves who it is; each device has exactly one.
///
/// @param credentialsId the access token, the client id and user name, or the certificate's
///     fingerprint; unique over all tenants
/// @param credentialsValue the rest: the certificate, or the MQTT basic settings as JSON text
public record DeviceCredentials(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    EntityId deviceId,
    CredentialsType type,
    String credentialsId,
    String credentialsValue,
    long version)
    implements Entity {
  /// An access token that is not stored yet.
  public static DeviceCredentials token(EntityId id, Device device, String token) {
    return new DeviceCredentials(
        id, 0, device.tenantId(), device.id(), CredentialsType.ACCESS_TOKEN, token, "", 0);
  }
}
