package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The assets of all tenants.
public final class Assets extends EntityTable<Asset> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "type", "type", "label", "label");

  Assets(EntityStore store) {
    super(
        store,
        "asset",
        100_000,
        List.of(
            "tenant_id",
            "customer_id",
            "name",
            "type",
            "label",
            "asset_profile_id",
            "additional_info"));
  }

  public Optional<Asset> findByName(EntityId tenantId, String name) {
    return findInTenant(tenantId, "name", name);
  }

  /// A page of the assets that are assigned to a customer.
  public Page<Asset> pageOfCustomer(EntityId customerId, PageLink link) {
    return pageBy("customer_id", Row.text(customerId), link);
  }

  /// A page of a tenant's assets of one profile.
  public Page<Asset> pageOfProfile(EntityId assetProfileId, PageLink link) {
    return pageBy("asset_profile_id", Row.text(assetProfileId), link);
  }

  @Override
  EntityType type() {
    return EntityType.ASSET;
  }

  @Override
  List<@Nullable Object> values(Asset entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.textOrNull(entity.customerId()),
        entity.name(),
        entity.type(),
        entity.label(),
        Row.text(entity.assetProfileId()),
        entity.additionalInfo().toString());
  }

  @Override
  Asset read(Row row, Stored stored) throws SQLException {
    return new Asset(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.idOrNull(EntityType.CUSTOMER, "customer_id"),
        row.text("name"),
        row.text("type"),
        row.text("label"),
        row.id(EntityType.ASSET_PROFILE, "asset_profile_id"),
        row.json("additional_info"),
        stored.version());
  }

  @Override
  String searchText(Asset entity) {
    return entity.name() + "\n" + entity.label() + "\n" + entity.type();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Asset entity) {
    return new DuplicateNameException(
        "An asset called %s exists already; choose another name.".formatted(entity.name()));
  }
}
