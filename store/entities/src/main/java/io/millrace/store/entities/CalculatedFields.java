package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calculated fields of all tenants. A field goes with its entity.
public final class CalculatedFields extends EntityTable<CalculatedField> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "type", "type");

  CalculatedFields(EntityStore store) {
    super(
        store,
        "calculated_field",
        10_000,
        List.of("tenant_id", "entity_type", "entity_id", "type", "name", "details"));
  }

  /// A tenant's fields, oldest first.
  public List<CalculatedField> ofTenant(EntityId tenantId) {
    return allBy("tenant_id", Row.text(tenantId));
  }

  /// An entity's own fields, oldest first; not those of its profile.
  public List<CalculatedField> ofEntity(EntityId entity) {
    return allBy("entity_id", Row.text(entity));
  }

  void entityDeleted(Transaction transaction, EntityId entity) {
    switch (entity.type()) {
      case DEVICE, ASSET, DEVICE_PROFILE, ASSET_PROFILE ->
          allBy(transaction.handle, "entity_id", Row.text(entity))
              .forEach(field -> delete(transaction, field));
      default -> {}
    }
  }

  @Override
  EntityType type() {
    return EntityType.CALCULATED_FIELD;
  }

  @Override
  List<@Nullable Object> values(CalculatedField entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.entity().type().name(),
        Row.text(entity.entity()),
        entity.type(),
        entity.name(),
        entity.details().toString());
  }

  @Override
  CalculatedField read(Row row, Stored stored) throws SQLException {
    return new CalculatedField(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.id(EntityType.valueOf(row.text("entity_type")), "entity_id"),
        row.text("type"),
        row.text("name"),
        row.json("details"),
        stored.version());
  }

  @Override
  String searchText(CalculatedField entity) {
    return entity.name();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(CalculatedField entity) {
    return new DuplicateNameException(
        "%s has a calculated field of type %s called %s already; choose another name."
            .formatted(entity.entity(), entity.type(), entity.name()));
  }
}
