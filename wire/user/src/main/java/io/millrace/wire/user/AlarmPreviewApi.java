package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.engine.access.Caller;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.engine.rules.conditions.ConditionKey;
import io.millrace.engine.rules.conditions.Facts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.Order;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tries an alarm rule on a device's stored values: "would have fired 3 times last week".
final class AlarmPreviewApi {
  private static final int POINTS_MAX = 50_000; // of one key
  private static final int SHOWN_MAX = 500;

  private final Guard guard;
  private final TimeseriesStore timeseries;
  private final AttributeStore attributes;

  AlarmPreviewApi(Guard guard, TimeseriesStore timeseries, AttributeStore attributes) {
    this.guard = guard;
    this.timeseries = timeseries;
    this.attributes = attributes;
  }

  void routes(RouteTable table) {
    table.query(
        "/api/deviceProfile/alarmPreview",
        RouteTable.TENANT,
        "When an alarm rule would have fired: {alarm, deviceId, startTs, endTs}.",
        this::preview);
  }

  private Reply preview(Request request) {
    var body = request.body();
    var alarm = alarm(body.object("alarm", JsonObject.EMPTY));
    var device =
        guard
            .device(
                body.id("deviceId", EntityType.DEVICE)
                    .orElseThrow(() -> HttpError.badField("deviceId", "should be specified!")))
            .id();
    long from = body.number("startTs").orElse(0);
    long until = body.number("endTs").orElse(0);
    if (from >= until) {
      throw HttpError.badField("endTs", "is %d, not after startTs=%d".formatted(until, from));
    }
    var points = points(alarm, device, from, until);
    var tenant = Caller.current().tenantId();
    var firings =
        new AlarmRehearsal(alarm, tenant, device, new Stored(device, tenant))
            .run(byTime(points), until);
    return Reply.of(
        JsonObject.builder()
            .put("points", points.size())
            .put("isWhole", points.size() < POINTS_MAX)
            .put("count", firings.size())
            .put(
                "firings",
                new JsonArray(
                    firings.reversed().stream()
                        .limit(SHOWN_MAX)
                        .<JsonValue>map(AlarmRehearsal.Firing::toJson)
                        .toList()))
            .build());
  }

  private static AlarmDefinition alarm(JsonObject json) {
    try {
      return AlarmDefinition.named(json, json.text("alarmType", ""));
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /// The newest are kept when there are too many.
  private List<Point> points(AlarmDefinition alarm, EntityId device, long from, long until) {
    var found = new ArrayList<Point>();
    for (var key : alarm.keys()) {
      if (key.kind() == ConditionKey.Kind.TIME_SERIES) {
        found.addAll(
            timeseries.read(
                device, RangeQuery.points(key.name(), from, until, POINTS_MAX, Order.DESC)));
      }
    }
    found.sort(Comparator.comparingLong(Point::ts).reversed());
    return found.stream().limit(POINTS_MAX).toList();
  }

  private static SortedMap<Long, List<Point>> byTime(List<Point> points) {
    var byTime = new TreeMap<Long, List<Point>>();
    points.forEach(point -> byTime.computeIfAbsent(point.ts(), _ -> new ArrayList<>()).add(point));
    return byTime;
  }

  /// Attributes as they are now; what else a condition may look at has no value here.
  private final class Stored implements Facts {
    private final EntityId device;
    private final EntityId tenant;

    Stored(EntityId device, EntityId tenant) {
      this.device = device;
      this.tenant = tenant;
    }

    @Override
    public @Nullable JsonValue value(ConditionKey key) {
      return key.kind() == ConditionKey.Kind.ATTRIBUTE ? newest(device, key.name()) : null;
    }

    @Override
    public @Nullable JsonValue attribute(Owner owner, String name) {
      return switch (owner) {
        case DEVICE -> newest(device, name);
        case CUSTOMER -> {
          var customer = guard.device(device).customerId();
          yield customer == null ? null : newest(customer, name);
        }
        case TENANT -> newest(tenant, name);
      };
    }

    private @Nullable JsonValue newest(EntityId entity, String name) {
      return Arrays.stream(AttributeScope.values())
          .flatMap(scope -> of(entity, scope, name))
          .max(Comparator.comparingLong(Attribute::lastUpdateTs))
          .map(Attribute::value)
          .orElse(null);
    }

    private Stream<Attribute> of(EntityId entity, AttributeScope scope, String name) {
      return attributes.read(entity, scope, List.of(name)).stream();
    }
  }
}
