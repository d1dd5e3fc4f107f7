package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/// The comments on the alarms of all tenants.
public final class AlarmComments {
  private final EntityStore store;

  AlarmComments(EntityStore store) {
    this.store = store;
  }

  /// Adds the comment, or replaces the one with its id.
  public void save(AlarmComment comment) {
    store.write(
        transaction -> {
          transaction.handle.execute(
              "DELETE FROM alarm_comment WHERE id = ?", comment.id().toString());
          return transaction.handle.execute(
              "INSERT INTO alarm_comment (id, created_time, tenant_id, alarm_id, user_id, kind,"
                  + " details) VALUES (?, ?, ?, ?, ?, ?, ?)",
              comment.id().toString(),
              comment.createdTime(),
              Row.text(comment.tenantId()),
              comment.alarmId().toString(),
              Row.textOrNull(comment.userId()),
              comment.userId() == null ? "SYSTEM" : "OTHER",
              comment.comment().toString());
        });
  }

  public Optional<AlarmComment> find(UUID id) {
    return store.read(
        handle ->
            comments(
                    handle
                        .createQuery("SELECT * FROM alarm_comment WHERE id = :id")
                        .bind("id", id.toString()))
                .findFirst());
  }

  /// A page of an alarm's comments; sorted by time only.
  public Page<AlarmComment> page(UUID alarmId, PageLink link) {
    var order = link.ascending() ? "ASC" : "DESC";
    return store.read(
        handle -> {
          var data =
              comments(
                      handle
                          .createQuery(
                              "SELECT * FROM alarm_comment WHERE alarm_id = :alarm ORDER BY created_time %s, id %s LIMIT :limit OFFSET :offset"
                                  .formatted(order, order))
                          .bind("alarm", alarmId.toString())
                          .bind("limit", link.pageSize())
                          .bind("offset", (long) link.pageSize() * link.page()))
                  .list();
          long total =
              handle
                  .createQuery("SELECT count(*) FROM alarm_comment WHERE alarm_id = :alarm")
                  .bind("alarm", alarmId.toString())
                  .mapTo(Long.class)
                  .one();
          return Page.of(data, link, total);
        });
  }

  public void deleteAll(UUID alarmId) {
    store.write(
        transaction ->
            transaction.handle.execute(
                "DELETE FROM alarm_comment WHERE alarm_id = ?", alarmId.toString()));
  }

  private static ResultIterable<AlarmComment> comments(Query query) {
    return query.map(
        (columns, _) -> {
          var row = new Row(columns);
          return new AlarmComment(
              UUID.fromString(row.text("id")),
              row.number("created_time"),
              row.id(EntityType.TENANT, "tenant_id"),
              UUID.fromString(row.text("alarm_id")),
              row.idOrNull(EntityType.USER, "user_id"),
              row.json("details"));
        });
  }

  void tenantDeleted(Transaction transaction, EntityId tenantId) {
    transaction.handle.execute("DELETE FROM alarm_comment WHERE tenant_id = ?", Row.text(tenantId));
  }
}
