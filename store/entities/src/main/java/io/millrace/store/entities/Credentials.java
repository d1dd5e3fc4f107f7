package io.millrace.store.entities;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The credentials of all devices. Looking up who connects is answered from memory.
public final class Credentials extends EntityTable<DeviceCredentials> {
  private static final Map<String, String> SORTABLE = Map.of("createdTime", "created_time");

  private final Cache<String, Optional<DeviceCredentials>> byCredentialsId =
      Caffeine.newBuilder().maximumSize(100_000).executor(Runnable::run).build();

  Credentials(EntityStore store) {
    super(
        store,
        "device_credentials",
        1_000,
        List.of("tenant_id", "device_id", "type", "credentials_id", "credentials_value"));
  }

  /// The credentials with that access token.
  public Optional<DeviceCredentials> findByToken(String token) {
    return findByCredentialsId(token).filter(found -> found.type() == CredentialsType.ACCESS_TOKEN);
  }

  /// The credentials with that id, of whatever type.
  public Optional<DeviceCredentials> findByCredentialsId(String credentialsId) {
    return byCredentialsId.get(credentialsId, wanted -> findBy("credentials_id", wanted));
  }

  public Optional<DeviceCredentials> findByDevice(EntityId deviceId) {
    return findBy("device_id", Row.text(deviceId));
  }

  @Override
  void forget(DeviceCredentials credentials) {
    super.forget(credentials);
    byCredentialsId.invalidate(credentials.credentialsId());
  }

  @Override
  EntityType type() {
    return EntityType.DEVICE_CREDENTIALS;
  }

  @Override
  List<@Nullable Object> values(DeviceCredentials entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.text(entity.deviceId()),
        entity.type().name(),
        entity.credentialsId(),
        entity.credentialsValue());
  }

  @Override
  DeviceCredentials read(Row row, Stored stored) throws SQLException {
    return new DeviceCredentials(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.id(EntityType.DEVICE, "device_id"),
        CredentialsType.valueOf(row.text("type")),
        row.text("credentials_id"),
        row.text("credentials_value"),
        stored.version());
  }

  @Override
  String searchText(DeviceCredentials entity) {
    return "";
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(DeviceCredentials entity) {
    return new DuplicateCredentialsException(
        "The credentials of %s are in use by another device, or the device has others already; choose different ones."
            .formatted(entity.deviceId()));
  }
}
