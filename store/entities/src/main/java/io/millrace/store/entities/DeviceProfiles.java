package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The device profiles of all tenants.
public final class DeviceProfiles extends EntityTable<DeviceProfile> {
  private static final Map<String, String> SORTABLE =
      Map.of(
          "createdTime",
          "created_time",
          "name",
          "name",
          "description",
          "description",
          "isDefault",
          "is_default");

  DeviceProfiles(EntityStore store) {
    super(
        store,
        "device_profile",
        10_000,
        List.of(
            "tenant_id",
            "name",
            "description",
            "is_default",
            "default_rule_chain_id",
            "transport_type",
            "provision_type",
            "profile_data"));
  }

  /// The profile for new devices that name none.
  public Optional<DeviceProfile> findDefault(EntityId tenantId) {
    return findInTenant(tenantId, "is_default", true);
  }

  public Optional<DeviceProfile> findByName(EntityId tenantId, String name) {
    return findInTenant(tenantId, "name", name);
  }

  /// Makes this the tenant's default instead of the one before.
  ///
  /// @throws MissingEntityException when there is no such profile
  public DeviceProfile makeDefault(EntityId id) {
    return store().write(transaction -> makeDefault(transaction, id));
  }

  private DeviceProfile makeDefault(Transaction transaction, EntityId id) {
    var profile = require(transaction, id);
    if (profile.isDefault()) {
      return profile;
    }
    findInTenant(transaction.handle, profile.tenantId(), "is_default", true)
        .ifPresent(before -> save(transaction, before.withDefault(false)));
    return save(transaction, profile.withDefault(true));
  }

  @Override
  void checkDelete(DeviceProfile profile) {
    if (profile.isDefault()) {
      throw new InUseException(
          "%s is the default device profile and cannot be deleted; make another one the default first"
              .formatted(profile.name()));
    }
  }

  @Override
  EntityType type() {
    return EntityType.DEVICE_PROFILE;
  }

  @Override
  List<@Nullable Object> values(DeviceProfile entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.name(),
        entity.description(),
        entity.isDefault(),
        Row.textOrNull(entity.defaultRuleChainId()),
        entity.transportType(),
        entity.provisionType(),
        entity.profileData().toString());
  }

  @Override
  DeviceProfile read(Row row, Stored stored) throws SQLException {
    return new DeviceProfile(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("name"),
        row.text("description"),
        row.flag("is_default"),
        row.idOrNull(EntityType.RULE_CHAIN, "default_rule_chain_id"),
        row.text("transport_type"),
        row.text("provision_type"),
        row.json("profile_data"),
        stored.version());
  }

  @Override
  String searchText(DeviceProfile entity) {
    return entity.name() + "\n" + entity.description();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(DeviceProfile entity) {
    return new DuplicateNameException(
        "A device profile called %s exists already, or the tenant has a default one already; choose another name, or use makeDefault."
            .formatted(entity.name()));
  }
}
