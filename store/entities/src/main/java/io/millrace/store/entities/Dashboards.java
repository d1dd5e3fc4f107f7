package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The dashboards of all tenants.
public final class Dashboards extends EntityTable<Dashboard> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "title", "title", "name", "title");

  Dashboards(EntityStore store) {
    super(store, "dashboard", 200, List.of("tenant_id", "title", "customers", "details"));
  }

  /// A page of the dashboards that a customer may look at.
  public Page<Dashboard> pageOfCustomer(EntityId customerId, PageLink link) {
    return pageWhere("customers LIKE :value", holding(customerId), link);
  }

  /// Changes who may look at it.
  ///
  /// @throws MissingEntityException when there is no such dashboard
  public Dashboard assign(EntityId id, UnaryOperator<Set<EntityId>> change) {
    return store()
        .write(
            transaction -> {
              var dashboard = require(transaction, id);
              var customers = change.apply(dashboard.customers());
              return customers.equals(dashboard.customers())
                  ? dashboard
                  : save(transaction, dashboard.withCustomers(customers));
            });
  }

  /// A customer is being deleted: nobody of it looks any more.
  void unassign(Transaction transaction, EntityId customerId) {
    allWhere(transaction.handle, "customers LIKE :value", holding(customerId))
        .forEach(
            dashboard ->
                save(
                    transaction,
                    dashboard.withCustomers(
                        dashboard.customers().stream()
                            .filter(each -> !each.equals(customerId))
                            .collect(Collectors.toSet()))));
  }

  private static String holding(EntityId customerId) {
    return "% " + Row.text(customerId) + " %";
  }

  @Override
  EntityType type() {
    return EntityType.DASHBOARD;
  }

  @Override
  List<@Nullable Object> values(Dashboard entity) {
    var customers =
        entity.customers().stream().map(Row::text).collect(Collectors.toCollection(TreeSet::new));
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.title(),
        customers.isEmpty() ? "" : " " + String.join(" ", customers) + " ",
        entity.details().toString());
  }

  @Override
  Dashboard read(Row row, Stored stored) throws SQLException {
    var customers =
        Arrays.stream(row.text("customers").strip().split(" "))
            .filter(id -> !id.isEmpty())
            .map(id -> EntityId.of(EntityType.CUSTOMER, id))
            .collect(Collectors.toSet());
    return new Dashboard(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("title"),
        customers,
        row.json("details"),
        stored.version());
  }

  @Override
  String searchText(Dashboard entity) {
    return entity.title();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Dashboard entity) {
    return new DuplicateNameException(
        "The dashboard %s exists already; choose another id.".formatted(entity.title()));
  }
}
