package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/// The inboxes of all users, and the requests that filled them.
public final class Notifications {
  private final EntityStore store;
  private final List<Consumer<EntityId>> listeners = new CopyOnWriteArrayList<>();

  Notifications(EntityStore store) {
    this.store = store;
  }

  /// Has `news` told of every user whose inbox has changed. Must not block.
  ///
  /// @return ends that
  public Runnable onChange(Consumer<EntityId> news) {
    listeners.add(news);
    return () -> listeners.remove(news);
  }

  /// Adds those that are not there yet, keeps of each user's inbox the newest only, and notes the
  /// request; all or nothing. Doing it again changes nothing.
  ///
  /// @param most entries that one inbox holds
  public void add(NotificationRequest request, List<Notification> entries, int most) {
    store.write(
        transaction -> {
          insert(transaction.handle, request);
          for (var entry : entries) {
            insert(transaction.handle, entry);
            trim(transaction.handle, entry.userId(), most);
          }
          return true;
        });
    entries.stream().map(Notification::userId).distinct().forEach(this::tell);
  }

  private static void insert(Handle handle, NotificationRequest request) {
    handle.execute(
        "INSERT INTO notification_request (id, created_time, tenant_id, rule_key, details) VALUES"
            + " (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        request.id().toString(),
        request.createdTime(),
        Row.text(request.tenantId()),
        request.ruleKey(),
        request.details().toString());
  }

  private static void insert(Handle handle, Notification entry) {
    handle.execute(
        "INSERT INTO notification (id, created_time, tenant_id, user_id, request_id, is_read,"
            + " details) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        entry.id().toString(),
        entry.createdTime(),
        Row.text(entry.tenantId()),
        Row.text(entry.userId()),
        entry.requestId().toString(),
        entry.isRead(),
        entry.details().toString());
  }

  private static void trim(Handle handle, EntityId user, int most) {
    handle.execute(
        "DELETE FROM notification WHERE user_id = ? AND id NOT IN (SELECT id FROM notification"
            + " WHERE user_id = ? ORDER BY created_time DESC, id DESC LIMIT ?)",
        Row.text(user),
        Row.text(user),
        most);
  }

  /// A page of a user's inbox, newest first unless it is asked otherwise.
  public Page<Notification> page(EntityId user, boolean onlyUnread, PageLink link) {
    var where =
        "user_id = :user AND LOWER(details) LIKE :search ESCAPE '!'"
            + (onlyUnread ? " AND is_read = :read" : "");
    var order = link.ascending() ? "ASC" : "DESC";
    return store.read(
        handle -> {
          var data =
              entries(
                      bound(
                              handle.createQuery(
                                  "SELECT * FROM notification WHERE %s ORDER BY created_time %s, id %s LIMIT :limit OFFSET :offset"
                                      .formatted(where, order, order)),
                              user,
                              onlyUnread,
                              link)
                          .bind("limit", link.pageSize())
                          .bind("offset", (long) link.pageSize() * link.page()))
                  .list();
          long total =
              bound(
                      handle.createQuery("SELECT count(*) FROM notification WHERE " + where),
                      user,
                      onlyUnread,
                      link)
                  .mapTo(Long.class)
                  .one();
          return Page.of(data, link, total);
        });
  }

  private static Query bound(Query query, EntityId user, boolean onlyUnread, PageLink link) {
    var bound =
        query.bind("user", Row.text(user)).bind("search", EntityTable.pattern(link.textSearch()));
    return onlyUnread ? bound.bind("read", false) : bound;
  }

  public long unread(EntityId user) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM notification WHERE user_id = :user AND is_read = :read")
                .bind("user", Row.text(user))
                .bind("read", false)
                .mapTo(Long.class)
                .one());
  }

  /// Marks one of the user's own, and says whether there was such a one.
  public boolean markRead(EntityId user, UUID id) {
    return change(
        user,
        handle ->
            handle.execute(
                "UPDATE notification SET is_read = ? WHERE id = ? AND user_id = ?",
                true,
                id.toString(),
                Row.text(user)));
  }

  public boolean markAllRead(EntityId user) {
    return change(
        user,
        handle ->
            handle.execute(
                "UPDATE notification SET is_read = ? WHERE user_id = ?", true, Row.text(user)));
  }

  /// Deletes one of the user's own, and says whether there was such a one.
  public boolean delete(EntityId user, UUID id) {
    return change(
        user,
        handle ->
            handle.execute(
                "DELETE FROM notification WHERE id = ? AND user_id = ?",
                id.toString(),
                Row.text(user)));
  }

  private interface Change {
    int on(Handle handle);
  }

  private boolean change(EntityId user, Change change) {
    boolean isChanged = store.write(transaction -> change.on(transaction.handle) > 0);
    tell(user);
    return isChanged;
  }

  private void tell(EntityId user) {
    listeners.forEach(listener -> listener.accept(user));
  }

  // Requests

  public Optional<NotificationRequest> findRequest(EntityId tenantId, UUID id) {
    return store.read(
        handle ->
            requests(
                    handle
                        .createQuery(
                            "SELECT * FROM notification_request WHERE id = :id AND tenant_id ="
                                + " :tenant")
                        .bind("id", id.toString())
                        .bind("tenant", Row.text(tenantId)))
                .findFirst());
  }

  /// A page of a tenant's requests by time.
  public Page<NotificationRequest> requests(EntityId tenantId, PageLink link) {
    var order = link.ascending() ? "ASC" : "DESC";
    return store.read(
        handle -> {
          var data =
              requests(
                      handle
                          .createQuery(
                              "SELECT * FROM notification_request WHERE tenant_id = :tenant ORDER BY created_time %s, id %s LIMIT :limit OFFSET :offset"
                                  .formatted(order, order))
                          .bind("tenant", Row.text(tenantId))
                          .bind("limit", link.pageSize())
                          .bind("offset", (long) link.pageSize() * link.page()))
                  .list();
          long total =
              handle
                  .createQuery(
                      "SELECT count(*) FROM notification_request WHERE tenant_id = :tenant")
                  .bind("tenant", Row.text(tenantId))
                  .mapTo(Long.class)
                  .one();
          return Page.of(data, link, total);
        });
  }

  /// Whether the same rule was set off by the same since then, by another request.
  public boolean isRepeated(String ruleKey, long sinceTs, UUID butId) {
    return store.read(
        handle ->
            handle
                    .createQuery(
                        "SELECT count(*) FROM notification_request WHERE rule_key = :key AND"
                            + " created_time >= :since AND id <> :id")
                    .bind("key", ruleKey)
                    .bind("since", sinceTs)
                    .bind("id", butId.toString())
                    .mapTo(Long.class)
                    .one()
                > 0);
  }

  /// Changes what is kept of a request; nothing when it is gone.
  public void changeRequest(EntityId tenantId, UUID id, UnaryOperator<JsonObject> change) {
    store.write(
        transaction -> {
          var handle = transaction.handle;
          requests(
                  handle
                      .createQuery(
                          "SELECT * FROM notification_request WHERE id = :id AND tenant_id ="
                              + " :tenant")
                      .bind("id", id.toString())
                      .bind("tenant", Row.text(tenantId)))
              .findFirst()
              .ifPresent(
                  request ->
                      handle.execute(
                          "UPDATE notification_request SET details = ? WHERE id = ?",
                          change.apply(request.details()).toString(),
                          id.toString()));
          return true;
        });
  }

  public void deleteRequest(EntityId tenantId, UUID id) {
    store.write(
        transaction ->
            transaction.handle.execute(
                "DELETE FROM notification_request WHERE id = ? AND tenant_id = ?",
                id.toString(),
                Row.text(tenantId)));
  }

  void tenantDeleted(Transaction transaction, EntityId tenantId) {
    var tenant = Row.text(tenantId);
    transaction.handle.execute("DELETE FROM notification WHERE tenant_id = ?", tenant);
    transaction.handle.execute("DELETE FROM notification_request WHERE tenant_id = ?", tenant);
  }

  private static ResultIterable<Notification> entries(Query query) {
    return query.map(
        (columns, _) -> {
          var row = new Row(columns);
          return new Notification(
              UUID.fromString(row.text("id")),
              row.number("created_time"),
              row.id(EntityType.TENANT, "tenant_id"),
              row.id(EntityType.USER, "user_id"),
              UUID.fromString(row.text("request_id")),
              row.flag("is_read"),
              row.json("details"));
        });
  }

  private static ResultIterable<NotificationRequest> requests(Query query) {
    return query.map(
        (columns, _) -> {
          var row = new Row(columns);
          return new NotificationRequest(
              UUID.fromString(row.text("id")),
              row.number("created_time"),
              row.id(EntityType.TENANT, "tenant_id"),
              row.text("rule_key"),
              row.json("details"));
        });
  }
}
