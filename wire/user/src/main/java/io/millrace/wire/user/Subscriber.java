package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.access.Caller;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmPage;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.store.entities.Notifications;
import io.millrace.wire.http.HttpError;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Begins the subscriptions of sockets: watches first, then answers what is there already, so that
/// nothing falls between.
final class Subscriber {
  private static final int ALARMS_MAX = 1_000;

  private final Guard guard;
  private final SeenData seen;
  private final Alarms alarms;
  private final LiveUpdates live;
  private final Notifications notifications;
  private final AlarmInfo info;
  private final EntityDataSubscriber entityData;
  private final AlarmQueries alarmQueries;

  Subscriber(
      UserApi.Parts parts,
      Guard guard,
      AlarmInfo info,
      EntityDataSubscriber entityData,
      AlarmQueries alarmQueries) {
    this.entityData = entityData;
    this.alarmQueries = alarmQueries;
    this.guard = guard;
    this.seen = new SeenData(parts.timeseries(), parts.attributes(), parts.live());
    this.alarms = parts.alarms();
    this.live = parts.live();
    this.notifications = parts.entities().notifications();
    this.info = info;
  }

  /// Sends the first answer and returns the subscription that goes on from it.
  Subscription begin(SocketCommand command, SocketWriter writer) {
    return switch (command.kind()) {
      case TIMESERIES -> timeseries(command, writer);
      case ATTRIBUTES -> attributes(command, writer);
      case ALARM_DATA -> alarms(command, writer);
      case ENTITY_DATA -> entityData.begin(command, writer);
      case ENTITY_COUNT -> entityData.count(command, writer);
      case ALARM_COUNT -> entityData.alarmCount(command, writer);
      case NOTIFICATIONS -> notifications(command, writer, true);
      case NOTIFICATIONS_COUNT -> notifications(command, writer, false);
      case AUTH,
          TIMESERIES_HISTORY,
          UNSUBSCRIBE,
          MARK_NOTIFICATIONS_AS_READ,
          MARK_ALL_NOTIFICATIONS_AS_READ,
          UNKNOWN ->
          throw HttpError.badField(
              "type",
              "is '%s'; TIMESERIES, TIMESERIES_HISTORY, ATTRIBUTES, ENTITY_DATA, ENTITY_COUNT, ALARM_DATA and ALARM_COUNT are known"
                  .formatted(command.text("type", "")));
    };
  }

  private NotificationSubscription notifications(
      SocketCommand command, SocketWriter writer, boolean areShown) {
    int limit = areShown ? Math.clamp(command.number("limit", 10), 1, 100) : 0;
    var types =
        command.json().get("types") instanceof JsonArray list
            ? list.values().stream().map(JsonValue::asText).collect(Collectors.toSet())
            : Set.<String>of();
    var subscription =
        new NotificationSubscription(
            command.id(), Caller.current().userId(), limit, types, notifications, writer);
    writer.send(subscription.frame());
    return subscription;
  }

  /// Marks some of the caller's inbox as read, or all; subscriptions say what came of it.
  void markRead(SocketCommand command) {
    var user = Caller.current().userId();
    if (command.kind() == SocketCommand.Kind.MARK_ALL_NOTIFICATIONS_AS_READ) {
      notifications.markAllRead(user);
    } else if (command.json().get("notifications") instanceof JsonArray list) {
      list.values()
          .forEach(id -> notifications.markRead(user, Request.uuid("notifications", id.asText())));
    }
  }

  /// The points of a range, once.
  JsonObject history(SocketCommand command) {
    var sight = Sight.of(command.entity(), guard);
    long from = command.number("startTs", 0);
    long until = command.number("endTs", Long.MAX_VALUE);
    return SocketFrame.points(command.id(), seen.points(sight, command, from, until));
  }

  private WatchSubscription<Point> timeseries(SocketCommand command, SocketWriter writer) {
    var sight = Sight.of(command.entity(), guard);
    long id = command.id();
    var subscription =
        new WatchSubscription<Point>(
            List.of(command.entity()),
            news -> seen.telemetry(sight, command.keys(), news),
            points -> SocketFrame.points(id, points),
            writer);
    subscription.only(point -> sight.isInTime(point.ts()));
    return begun(subscription, SocketFrame.points(id, present(sight, command)), writer);
  }

  private List<Point> present(Sight sight, SocketCommand command) {
    long window = command.number("timeWindow", 0);
    if (window > 0) {
      long from = command.number("startTs", 0);
      return seen.points(sight, command, from, from + window);
    }
    return seen.latest(sight, command.keys());
  }

  private WatchSubscription<Attribute> attributes(SocketCommand command, SocketWriter writer) {
    var sight = Sight.of(command.entity(), guard);
    var keys = command.keys();
    var scopes = scopes(command);
    long id = command.id();
    var subscription =
        new WatchSubscription<Attribute>(
            List.of(command.entity()),
            news -> seen.attributes(sight, scopes, keys, news),
            changed -> SocketFrame.attributes(id, changed),
            writer);
    var present = seen.present(sight, scopes, keys);
    return begun(subscription, SocketFrame.attributes(id, present), writer);
  }

  // ThingsBoard: no scope, or ANY_SCOPE, means all of them
  private static Set<AttributeScope> scopes(SocketCommand command) {
    var scope = command.text("scope", "");
    return scope.isEmpty() || scope.equals("ANY_SCOPE")
        ? EnumSet.allOf(AttributeScope.class)
        : Set.of(Request.choice("scope", AttributeScope.class, scope));
  }

  /// ALARM_DATA of what the query's filter finds; without one, of the whole tenant.
  private WatchSubscription<AlarmChange> alarms(SocketCommand command, SocketWriter writer) {
    var query = new Fields(command.json()).object("query", JsonObject.EMPTY);
    var filter = new Fields(query).object("entityFilter", JsonObject.EMPTY);
    var page = new Fields(query).object("pageLink", JsonObject.EMPTY);
    int size = Math.clamp(new Fields(page).number("pageSize").orElse(100), 1, ALARMS_MAX);
    return filter.isEmpty() ? ofTenant(command, size, writer) : found(query, command, writer);
  }

  private WatchSubscription<AlarmChange> found(
      JsonObject query, SocketCommand command, SocketWriter writer) {
    if (new Fields(query).object("entityFilter", JsonObject.EMPTY).get("singleEntity")
        instanceof JsonObject single) {
      checked(EntityJson.read("singleEntity", single));
    }
    var originators = alarmQueries.originators(query).keySet();
    var tenant = Caller.current().tenantId();
    var subscription =
        new WatchSubscription<AlarmChange>(
            List.copyOf(originators),
            news ->
                originators.size() == 1
                    ? live.alarms(originators.iterator().next(), news)
                    : live.alarmsOfTenant(tenant, news),
            changes -> update(command.id(), changes),
            writer);
    subscription.only(change -> originators.contains(change.alarm().originator()));
    var first = alarmData(command.id(), alarmQueries.page(query), JsonNull.NULL);
    return begun(subscription, first, writer);
  }

  private WatchSubscription<AlarmChange> ofTenant(
      SocketCommand command, int size, SocketWriter writer) {
    if (!Caller.current().isTenantAdministrator()) {
      throw HttpError.forbidden();
    }
    var tenant = Caller.current().tenantId();
    var subscription =
        new WatchSubscription<AlarmChange>(
            List.of(tenant),
            news -> live.alarmsOfTenant(tenant, news),
            changes -> update(command.id(), changes),
            writer);
    var present = alarms.ofTenant(tenant, AlarmQuery.newest(size));
    return begun(subscription, page(command.id(), present), writer);
  }

  private JsonObject page(long id, AlarmPage page) {
    var data =
        Reply.page(
            new JsonArray(page.data().stream().<JsonValue>map(info::of).toList()),
            page.totalPages(),
            page.totalElements(),
            page.hasNext());
    return alarmData(id, data, JsonNull.NULL);
  }

  /// Runs on the socket's event loop: names of originators are answered from memory.
  private JsonObject update(long id, List<AlarmChange> changes) {
    return alarmData(
        id,
        JsonNull.NULL,
        new JsonArray(changes.stream().<JsonValue>map(change -> info.of(change.alarm())).toList()));
  }

  private static JsonObject alarmData(long id, JsonValue data, JsonValue update) {
    return JsonObject.builder()
        .put("cmdId", id)
        .put("cmdUpdateType", "ALARM_DATA")
        .put("errorCode", 0)
        .put("errorMsg", JsonNull.NULL)
        .put("data", data)
        .put("update", update)
        .build();
  }

  private static <T> WatchSubscription<T> begun(
      WatchSubscription<T> subscription, JsonObject first, SocketWriter writer) {
    writer.send(first);
    subscription.answered(writer);
    return subscription;
  }

  private EntityId checked(EntityId entity) {
    guard.tenantOf(entity);
    return entity;
  }
}
