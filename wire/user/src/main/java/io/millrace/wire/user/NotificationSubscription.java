package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.Notifications;
import io.millrace.store.entities.PageLink;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A user's unread notifications, or how many there are; said again when the inbox has changed.
final class NotificationSubscription implements Subscription {
  private static final int SHOWN_MAX = 100;

  private final long id;
  private final EntityId user;
  private final int limit;
  private final Set<String> types;
  private final Notifications notifications;
  private final AtomicReference<@Nullable JsonObject> pending = new AtomicReference<>();
  private final AtomicInteger sequence = new AtomicInteger();
  private final Runnable end;

  /// @param limit how many are shown; 0: only their number
  /// @param types which are shown; none: all
  NotificationSubscription(
      long id,
      EntityId user,
      int limit,
      Set<String> types,
      Notifications notifications,
      SocketWriter writer) {
    this.id = id;
    this.user = user;
    this.limit = Math.min(limit, SHOWN_MAX);
    this.types = Set.copyOf(types);
    this.notifications = notifications;
    this.end =
        notifications.onChange(
            changed -> {
              if (changed.equals(user)) {
                pending.set(frame());
                writer.hasNews(this);
              }
            });
  }

  /// What is to be said now; reads the inbox.
  JsonObject frame() {
    var frame =
        JsonObject.builder()
            .put("cmdId", id)
            .put("errorCode", 0)
            .put("errorMsg", JsonNull.NULL)
            .put("cmdUpdateType", limit == 0 ? "NOTIFICATIONS_COUNT" : "NOTIFICATIONS")
            .put("totalUnreadCount", notifications.unread(user))
            .put("sequenceNumber", sequence.incrementAndGet());
    if (limit > 0) {
      var newest = new PageLink(limit, 0, "", "createdTime", false);
      frame
          .put(
              "notifications",
              new JsonArray(
                  notifications.page(user, true, newest).data().stream()
                      .filter(
                          each ->
                              types.isEmpty() || types.contains(each.details().text("type", "")))
                      .<JsonValue>map(NotificationsApi::json)
                      .toList()))
          .put("update", JsonNull.NULL);
    }
    return frame.build();
  }

  @Override
  public void answered(SocketWriter writer) {
    writer.hasNews(this);
  }

  @Override
  public Optional<JsonObject> next() {
    return Optional.ofNullable(pending.getAndSet(null));
  }

  @Override
  public List<EntityId> entities() {
    return List.of(); // it is the caller's own
  }

  @Override
  public void refresh(SocketWriter writer) {} // news come by themselves

  @Override
  public void close() {
    end.run();
  }
}
