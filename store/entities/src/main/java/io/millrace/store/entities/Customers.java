package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The customers of all tenants. With a customer go its users; its devices, assets and dashboards
// become unassigned.
public final class Customers extends EntityTable<Customer> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "title", "title");

  Customers(EntityStore store) {
    super(
        store,
        "customer",
        10_000,
        List.of("tenant_id", "title", "is_public", "contact", "additional_info"));
  }

  public Optional<Customer> findByTitle(EntityId tenantId, String title) {
    return findInTenant(tenantId, "title", title);
  }

  @Override
  void deleteDependants(Transaction transaction, Customer customer) {
    var id = Row.text(customer.id());
    var users = store().users();
    users
        .allBy(transaction.handle, "customer_id", id)
        .forEach(user -> users.delete(transaction, user));
    var devices = store().devices();
    devices
        .allBy(transaction.handle, "customer_id", id)
        .forEach(device -> devices.save(transaction, device.withCustomer(null)));
    var assets = store().assets();
    assets
        .allBy(transaction.handle, "customer_id", id)
        .forEach(asset -> assets.save(transaction, asset.withCustomer(null)));
    var views = store().entityViews();
    views
        .allBy(transaction.handle, "customer_id", id)
        .forEach(view -> views.save(transaction, view.withCustomer(null)));
    store().dashboards().unassign(transaction, customer.id());
  }

  @Override
  EntityType type() {
    return EntityType.CUSTOMER;
  }

  @Override
  List<@Nullable Object> values(Customer entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.title(),
        entity.isPublic(),
        Row.text(entity.contact()),
        entity.additionalInfo().toString());
  }

  @Override
  Customer read(Row row, Stored stored) throws SQLException {
    return new Customer(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("title"),
        row.flag("is_public"),
        row.contact(),
        row.json("additional_info"),
        stored.version());
  }

  @Override
  String searchText(Customer entity) {
    return entity.title();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Customer entity) {
    return new DuplicateNameException(
        "A customer called %s exists already; choose another title.".formatted(entity.title()));
  }
}
