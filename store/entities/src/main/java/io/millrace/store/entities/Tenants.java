package io.millrace.store.entities;

import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tenants. A tenant is deleted with all that belongs to it.
public final class Tenants extends EntityTable<Tenant> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "title", "title", "region", "region");

  Tenants(EntityStore store) {
    super(store, "tenant", 10_000, List.of("title", "region", "contact", "additional_info"));
  }

  /// A page of all tenants.
  public Page<Tenant> page(PageLink link) {
    return pageBy("'all'", "all", link);
  }

  public List<Tenant> all() {
    return allBy("'all'", "all");
  }

  @Override
  void deleteDependants(Transaction transaction, Tenant tenant) {
    store().relations().tenantDeleted(transaction, tenant.id());
    store().alarmComments().tenantDeleted(transaction, tenant.id());
    store().notifications().tenantDeleted(transaction, tenant.id());
    deleteAll(store().notificationRules(), transaction, tenant);
    deleteAll(store().notificationTemplates(), transaction, tenant);
    deleteAll(store().notificationTargets(), transaction, tenant);
    deleteAll(store().entityViews(), transaction, tenant);
    deleteAll(store().dashboards(), transaction, tenant);
    deleteAll(store().widgetTypes(), transaction, tenant);
    deleteAll(store().widgetsBundles(), transaction, tenant);
    deleteAll(store().resources(), transaction, tenant);
    deleteAll(store().assets(), transaction, tenant);
    deleteAll(store().assetProfiles(), transaction, tenant);
    deleteAll(store().devices(), transaction, tenant);
    deleteAll(store().deviceProfiles(), transaction, tenant);
    deleteAll(store().ruleChains(), transaction, tenant);
    deleteAll(store().users(), transaction, tenant);
    deleteAll(store().customers(), transaction, tenant);
  }

  private static <E extends Entity> void deleteAll(
      EntityTable<E> table, Transaction transaction, Tenant tenant) {
    table
        .allBy(transaction.handle, "tenant_id", Row.text(tenant.id()))
        .forEach(entity -> table.delete(transaction, entity));
  }

  @Override
  EntityType type() {
    return EntityType.TENANT;
  }

  @Override
  List<@Nullable Object> values(Tenant entity) {
    return Arrays.asList(
        entity.title(),
        entity.region(),
        Row.text(entity.contact()),
        entity.additionalInfo().toString());
  }

  @Override
  Tenant read(Row row, Stored stored) throws SQLException {
    return new Tenant(
        stored.id(),
        stored.createdTime(),
        row.text("title"),
        row.text("region"),
        row.contact(),
        row.json("additional_info"),
        stored.version());
  }

  @Override
  String searchText(Tenant entity) {
    return entity.title() + "\n" + entity.region();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Tenant entity) {
    return new DuplicateNameException(
        "A tenant called %s exists already; choose another title.".formatted(entity.title()));
  }
}
