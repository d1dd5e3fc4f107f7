package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.engine.access.Caller;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmPage;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Begins the subscriptions of sockets: watches first, then answers what is there already, so that
/// nothing falls between.
final class Subscriber {
  private static final int ALARMS_MAX = 1_000;

  private final Guard guard;
  private final TimeseriesStore timeseries;
  private final AttributeStore attributes;
  private final Alarms alarms;
  private final LiveUpdates live;
  private final AlarmInfo info;

  Subscriber(UserApi.Parts parts, Guard guard, AlarmInfo info) {
    this.guard = guard;
    this.timeseries = parts.timeseries();
    this.attributes = parts.attributes();
    this.alarms = parts.alarms();
    this.live = parts.live();
    this.info = info;
  }

  /// Sends the first answer and returns the subscription that goes on from it.
  Subscription<?> begin(SocketCommand command, SocketWriter writer) {
    return switch (command.kind()) {
      case TIMESERIES -> timeseries(command, writer);
      case ATTRIBUTES -> attributes(command, writer);
      case ALARM_DATA -> alarms(command, writer);
      case AUTH, TIMESERIES_HISTORY, UNSUBSCRIBE, UNKNOWN ->
          throw HttpError.badField(
              "type",
              "is '%s'; TIMESERIES, TIMESERIES_HISTORY, ATTRIBUTES and ALARM_DATA are known"
                  .formatted(command.text("type", "")));
    };
  }

  /// The points of a range, once.
  JsonObject history(SocketCommand command) {
    var entity = checked(command.entity());
    long from = command.number("startTs", 0);
    long until = command.number("endTs", Long.MAX_VALUE);
    return SocketFrame.points(command.id(), points(entity, command, from, until));
  }

  private Subscription<Point> timeseries(SocketCommand command, SocketWriter writer) {
    var entity = checked(command.entity());
    var keys = command.keys();
    long id = command.id();
    var subscription =
        new Subscription<Point>(
            entity,
            news -> live.telemetry(entity, keys, news),
            points -> SocketFrame.points(id, points),
            writer);
    return begun(subscription, SocketFrame.points(id, present(entity, command)), writer);
  }

  private List<Point> present(EntityId entity, SocketCommand command) {
    var keys = command.keys();
    long window = command.number("timeWindow", 0);
    if (window > 0) {
      long from = command.number("startTs", 0);
      return points(entity, command, from, from + window);
    }
    return keys.isEmpty() ? timeseries.latest(entity) : timeseries.latest(entity, keys);
  }

  private List<Point> points(EntityId entity, SocketCommand command, long from, long until) {
    var range = RangeRequest.of(command, from, until);
    var budget = new PointBudget();
    var points = new ArrayList<Point>();
    for (var key : command.keys()) {
      var more = range.read(timeseries, entity, key);
      budget.take(more.size());
      points.addAll(more);
    }
    return points;
  }

  private Subscription<Attribute> attributes(SocketCommand command, SocketWriter writer) {
    var entity = checked(command.entity());
    var keys = command.keys();
    var scopes = scopes(command);
    long id = command.id();
    var subscription =
        new Subscription<Attribute>(
            entity,
            news -> live.attributes(entity, scopes, keys, news),
            changed -> SocketFrame.attributes(id, changed),
            writer);
    var present =
        scopes.stream()
            .flatMap(
                scope ->
                    (keys.isEmpty()
                            ? attributes.read(entity, scope)
                            : attributes.read(entity, scope, keys))
                        .stream())
            .toList();
    return begun(subscription, SocketFrame.attributes(id, present), writer);
  }

  // ThingsBoard: no scope, or ANY_SCOPE, means all of them
  private static Set<AttributeScope> scopes(SocketCommand command) {
    var scope = command.text("scope", "");
    return scope.isEmpty() || scope.equals("ANY_SCOPE")
        ? EnumSet.allOf(AttributeScope.class)
        : Set.of(Request.choice("scope", AttributeScope.class, scope));
  }

  /// ALARM_DATA of one entity (`query.entityFilter.singleEntity`), or of the whole tenant.
  private Subscription<AlarmChange> alarms(SocketCommand command, SocketWriter writer) {
    var query = new Fields(command.json()).object("query", JsonObject.EMPTY);
    var filter = new Fields(query).object("entityFilter", JsonObject.EMPTY);
    var single = new Fields(filter).object("singleEntity", JsonObject.EMPTY);
    var page = new Fields(query).object("pageLink", JsonObject.EMPTY);
    int size = Math.clamp(new Fields(page).number("pageSize").orElse(100), 1, ALARMS_MAX);
    return single.isEmpty() ? ofTenant(command, size, writer) : of(single, command, size, writer);
  }

  private Subscription<AlarmChange> of(
      JsonObject single, SocketCommand command, int size, SocketWriter writer) {
    var originator =
        checked(
            new EntityId(
                Request.choice("entityType", EntityType.class, single.text("entityType", "")),
                Request.uuid("id", single.text("id", ""))));
    var subscription =
        new Subscription<AlarmChange>(
            originator,
            news -> live.alarms(originator, news),
            changes -> update(command.id(), changes),
            writer);
    var present = alarms.ofOriginator(originator, AlarmQuery.newest(size));
    return begun(subscription, page(command.id(), present), writer);
  }

  private Subscription<AlarmChange> ofTenant(SocketCommand command, int size, SocketWriter writer) {
    if (!Caller.current().isTenantAdministrator()) {
      throw HttpError.forbidden();
    }
    var tenant = Caller.current().tenantId();
    var subscription =
        new Subscription<AlarmChange>(
            tenant,
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

  private static <T> Subscription<T> begun(
      Subscription<T> subscription, JsonObject first, SocketWriter writer) {
    writer.send(first);
    subscription.answered(writer);
    return subscription;
  }

  private EntityId checked(EntityId entity) {
    guard.tenantOf(entity);
    return entity;
  }
}
