package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.access.Caller;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.List;
import java.util.function.ToLongFunction;

/// Begins the subscriptions of sockets to what queries find.
final class EntityDataSubscriber {
  private final EntityQueries queries;
  private final AlarmQueries alarmQueries;
  private final EntityValues values;
  private final EntityPoints points;
  private final LiveUpdates live;

  EntityDataSubscriber(
      EntityQueries queries,
      AlarmQueries alarmQueries,
      EntityValues values,
      TimeseriesStore timeseries,
      LiveUpdates live) {
    this.queries = queries;
    this.alarmQueries = alarmQueries;
    this.values = values;
    this.points = new EntityPoints(timeseries);
    this.live = live;
  }

  /// ENTITY_DATA with a query: its page at once, then changes of what `latestCmd` and `tsCmd` name.
  Subscription begin(SocketCommand command, SocketWriter writer) {
    var query = new Fields(command.json()).object("query", JsonObject.EMPTY);
    var subscription =
        new EntityDataSubscription(command.id(), query, queries, values, points, live, writer);
    subscription.begin(command);
    return subscription;
  }

  /// ENTITY_COUNT: the number, and again whenever it has changed.
  Subscription count(SocketCommand command, SocketWriter writer) {
    return counted(command, "COUNT_DATA", query -> queries.matching(query).size(), writer);
  }

  /// ALARM_COUNT: the number, and again whenever it has changed; alarms of the tenant make it look.
  Subscription alarmCount(SocketCommand command, SocketWriter writer) {
    return counted(command, "ALARM_COUNT_DATA", alarmQueries::count, writer);
  }

  private static Subscription counted(
      SocketCommand command, String update, ToLongFunction<JsonObject> how, SocketWriter writer) {
    var query = new Fields(command.json()).object("query", JsonObject.EMPTY);
    var subscription =
        new CountSubscription(
            command.id(), update, Caller.current().tenantId(), () -> how.applyAsLong(query));
    subscription.refresh(writer);
    return subscription;
  }

  /// `{"cmdId","cmdUpdateType","errorCode","errorMsg",…}`.
  static JsonObject.Builder frame(long id, String update) {
    return JsonObject.builder()
        .put("cmdId", id)
        .put("cmdUpdateType", update)
        .put("errorCode", 0)
        .put("errorMsg", JsonNull.NULL);
  }

  static JsonObject data(long id, JsonValue data, JsonValue update) {
    return frame(id, "ENTITY_DATA").put("data", data).put("update", update).build();
  }

  /// Names that a command's part lists.
  static List<EntityKey> keys(JsonObject command, String part) {
    return command.get(part) instanceof JsonObject json ? EntityKey.list(json, "keys") : List.of();
  }
}
