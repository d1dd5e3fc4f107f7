package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The audit log of all tenants, bounded by number and age.
public final class AuditLog {
  private static final Map<String, String> SORTABLE =
      Map.of(
          "createdTime",
          "created_time",
          "entityName",
          "entity_name",
          "userName",
          "user_name",
          "actionType",
          "action",
          "actionStatus",
          "action_status");

  private final EntityStore store;

  AuditLog(EntityStore store) {
    this.store = store;
  }

  public void append(AuditEntry entry) {
    store.write(
        transaction ->
            transaction
                .handle
                .createUpdate(
                    "INSERT INTO audit_log (id, created_time, tenant_id, customer_id, entity_type,"
                        + " entity_id, entity_name, user_id, user_name, action, action_data,"
                        + " action_status, failure, search_text) VALUES (:id, :time, :tenant,"
                        + " :customer, :type, :entity, :name, :user, :userName, :action, :data,"
                        + " :status, :failure, :search)")
                .bind("id", entry.id().toString())
                .bind("time", entry.createdTime())
                .bind("tenant", Row.text(entry.tenantId()))
                .bind("customer", Row.textOrNull(entry.customerId()))
                .bind("type", entry.entity().type().name())
                .bind("entity", Row.text(entry.entity()))
                .bind("name", entry.entityName())
                .bind("user", Row.text(entry.userId()))
                .bind("userName", entry.userName())
                .bind("action", entry.action())
                .bind("data", entry.data().toString())
                .bind("status", entry.isFailure() ? "FAILURE" : "SUCCESS")
                .bind("failure", entry.failure())
                .bind("search", searchText(entry))
                .execute());
  }

  private static String searchText(AuditEntry entry) {
    var words = List.of(entry.entityName(), entry.userName(), entry.action());
    return String.join("\n", words).toLowerCase(Locale.ROOT);
  }

  /// A page of what the query finds.
  ///
  /// @throws IllegalArgumentException when the sort property is not one of the sortable ones
  public Page<AuditEntry> page(AuditQuery query, PageLink link) {
    var column = SORTABLE.get(link.sortProperty());
    if (column == null) {
      throw new IllegalArgumentException(
          "sortProperty=%s; the audit log can be sorted by %s"
              .formatted(link.sortProperty(), SORTABLE.keySet().stream().sorted().toList()));
    }
    var where = where(query);
    var direction = link.ascending() ? " ASC" : " DESC";
    var rows =
        "SELECT * FROM audit_log WHERE %s ORDER BY %s%s, id%s LIMIT :limit OFFSET :offset"
            .formatted(where, column, direction, direction);
    return store.read(
        handle -> {
          var data =
              bound(handle.createQuery(rows), query, link)
                  .bind("limit", link.pageSize())
                  .bind("offset", (long) link.pageSize() * link.page())
                  .map((columns, _) -> read(new Row(columns)))
                  .list();
          long total = total(handle, where, query, link);
          return Page.of(data, link, total);
        });
  }

  private static long total(Handle handle, String where, AuditQuery query, PageLink link) {
    return bound(handle.createQuery("SELECT count(*) FROM audit_log WHERE " + where), query, link)
        .mapTo(Long.class)
        .one();
  }

  private static String where(AuditQuery query) {
    var where =
        new StringBuilder(
            "tenant_id = :tenant AND created_time >= :from AND created_time <= :until AND"
                + " search_text LIKE :search ESCAPE '!'");
    query.entity().ifPresent(_ -> where.append(" AND entity_id = :entity"));
    query.user().ifPresent(_ -> where.append(" AND user_id = :user"));
    query.customer().ifPresent(_ -> where.append(" AND customer_id = :customer"));
    if (!query.actions().isEmpty()) {
      where.append(" AND action IN (<actions>)");
    }
    return where.toString();
  }

  private static Query bound(Query sql, AuditQuery query, PageLink link) {
    sql.bind("tenant", Row.text(query.tenantId()))
        .bind("from", query.fromTs())
        .bind("until", query.untilTs())
        .bind("search", EntityTable.pattern(link.textSearch()));
    query.entity().ifPresent(id -> sql.bind("entity", Row.text(id)));
    query.user().ifPresent(id -> sql.bind("user", Row.text(id)));
    query.customer().ifPresent(id -> sql.bind("customer", Row.text(id)));
    if (!query.actions().isEmpty()) {
      sql.bindList("actions", List.copyOf(query.actions()));
    }
    return sql;
  }

  /// Deletes entries before `sinceMs`, and the oldest ones beyond `entriesMax`.
  public void trim(long sinceMs, long entriesMax) {
    store.write(
        transaction -> {
          var handle = transaction.handle;
          long last =
              handle
                  .createQuery(
                      "SELECT created_time FROM audit_log ORDER BY created_time DESC LIMIT 1 OFFSET"
                          + " :max")
                  .bind("max", entriesMax)
                  .mapTo(Long.class)
                  .findFirst()
                  .orElse(Long.MIN_VALUE);
          return handle.execute(
              "DELETE FROM audit_log WHERE created_time < ? OR created_time <= ?", sinceMs, last);
        });
  }

  private static AuditEntry read(Row row) throws SQLException {
    return new AuditEntry(
        UUID.fromString(row.text("id")),
        row.number("created_time"),
        row.id(EntityType.TENANT, "tenant_id"),
        row.idOrNull(EntityType.CUSTOMER, "customer_id"),
        new EntityId(
            EntityType.valueOf(row.text("entity_type")), UUID.fromString(row.text("entity_id"))),
        row.text("entity_name"),
        row.id(EntityType.USER, "user_id"),
        row.text("user_name"),
        row.text("action"),
        row.json("action_data"),
        row.text("failure"));
  }
}
