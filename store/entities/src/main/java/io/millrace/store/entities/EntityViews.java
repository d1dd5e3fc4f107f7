package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entity views of all tenants.
public final class EntityViews extends EntityTable<EntityView> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "type", "type");

  EntityViews(EntityStore store) {
    super(
        store,
        "entity_view",
        10_000,
        List.of("tenant_id", "customer_id", "name", "type", "target_type", "target_id", "details"));
  }

  public Optional<EntityView> findByName(EntityId tenantId, String name) {
    return findInTenant(tenantId, "name", name);
  }

  /// The views of a device or an asset.
  public List<EntityView> ofTarget(EntityId target) {
    return allBy("target_id", Row.text(target));
  }

  /// A page of the views that are assigned to a customer.
  public Page<EntityView> pageOfCustomer(EntityId customerId, PageLink link) {
    return pageBy("customer_id", Row.text(customerId), link);
  }

  @Override
  EntityType type() {
    return EntityType.ENTITY_VIEW;
  }

  @Override
  List<@Nullable Object> values(EntityView entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.textOrNull(entity.customerId()),
        entity.name(),
        entity.type(),
        entity.target().type().name(),
        Row.text(entity.target()),
        entity.details().toString());
  }

  @Override
  EntityView read(Row row, Stored stored) throws SQLException {
    return new EntityView(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.idOrNull(EntityType.CUSTOMER, "customer_id"),
        row.text("name"),
        row.text("type"),
        row.id(EntityType.valueOf(row.text("target_type")), "target_id"),
        row.json("details"),
        stored.version());
  }

  @Override
  String searchText(EntityView entity) {
    return entity.name() + "\n" + entity.type();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(EntityView entity) {
    return new DuplicateNameException(
        "An entity view called %s exists already; choose another name.".formatted(entity.name()));
  }
}
