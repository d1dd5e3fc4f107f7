package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The asset profiles of all tenants. Assets carry their profile's name and follow its change.
public final class AssetProfiles extends EntityTable<AssetProfile> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "isDefault", "is_default");

  AssetProfiles(EntityStore store) {
    super(store, "asset_profile", 10_000, List.of("tenant_id", "name", "is_default", "details"));
  }

  /// The profile for new assets that name none.
  public Optional<AssetProfile> findDefault(EntityId tenantId) {
    return findInTenant(tenantId, "is_default", true);
  }

  public Optional<AssetProfile> findByName(EntityId tenantId, String name) {
    return findInTenant(tenantId, "name", name);
  }

  /// Makes this the tenant's default instead of the one before.
  ///
  /// @throws MissingEntityException when there is no such profile
  public AssetProfile makeDefault(EntityId id) {
    return store().write(transaction -> makeDefault(transaction, id));
  }

  private AssetProfile makeDefault(Transaction transaction, EntityId id) {
    var profile = require(transaction, id);
    if (profile.isDefault()) {
      return profile;
    }
    findInTenant(transaction.handle, profile.tenantId(), "is_default", true)
        .ifPresent(before -> save(transaction, before.withDefault(false)));
    return save(transaction, profile.withDefault(true));
  }

  @Override
  void checkDelete(AssetProfile profile) {
    if (profile.isDefault()) {
      throw new InUseException(
          "%s is the default asset profile and cannot be deleted; make another one the default first"
              .formatted(profile.name()));
    }
  }

  @Override
  EntityType type() {
    return EntityType.ASSET_PROFILE;
  }

  @Override
  List<@Nullable Object> values(AssetProfile entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.name(),
        entity.isDefault(),
        entity.details().toString());
  }

  @Override
  AssetProfile read(Row row, Stored stored) throws SQLException {
    return new AssetProfile(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("name"),
        row.flag("is_default"),
        row.json("details"),
        stored.version());
  }

  @Override
  String searchText(AssetProfile entity) {
    return entity.name() + "\n" + entity.details().text("description", "");
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(AssetProfile entity) {
    return new DuplicateNameException(
        "An asset profile called %s exists already, or the tenant has a default one already; choose another name, or use makeDefault."
            .formatted(entity.name()));
  }
}
