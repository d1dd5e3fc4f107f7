package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.Consumption;
import io.millrace.store.timeseries.Fix;
import io.millrace.store.timeseries.Interval;
import io.millrace.store.timeseries.Positions;
import io.millrace.store.timeseries.Tariff;
import io.millrace.store.timeseries.TimeInState;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.store.timeseries.Travel;
import io.millrace.store.timeseries.ValueHistory;
import io.millrace.wire.http.HttpError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Consumption of counters with its cost, times in states, and ways of positions, as the device
/// profile means its keys.
final class ValueHistoryApi {
  private static final String PATH = "/api/plugins/telemetry/{entityType}/{entityId}";

  private static final int TRACK_PLACES = 1_000;

  private final Guard guard;
  private final EntityStore entities;
  private final AttributeStore attributes;
  private final ValueHistory history;
  private final Positions positions;
  private final Clock clock;

  ValueHistoryApi(
      Guard guard,
      EntityStore entities,
      AttributeStore attributes,
      TimeseriesStore timeseries,
      Clock clock) {
    this.guard = guard;
    this.entities = entities;
    this.attributes = attributes;
    this.history = new ValueHistory(timeseries);
    this.positions = new Positions(timeseries);
    this.clock = clock;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    table.get(PATH + "/valueKinds", allowed, "What the device profile says of keys.", this::kinds);
    table.get(
        PATH + "/consumption",
        allowed,
        "What a counter counted per interval, with its cost where there is a tariff.",
        this::consumption);
    table.get(PATH + "/states", allowed, "Time in each state per interval.", this::states);
    table.get(
        PATH + "/travel",
        allowed,
        "How far a position moved per interval, how fast, and where it was at the end.",
        this::travel);
    table.get(
        PATH + "/track",
        allowed,
        "The way of a position, with as many places as asked that show its shape.",
        this::track);
  }

  private Reply kinds(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    return Reply.of(kinds(entity));
  }

  private Reply consumption(Request request) {
    var entity = request.entity();
    var tenant = guard.tenantOf(entity);
    var ofKey = ofKey(request, entity, ValueKinds.Kind.COUNTER);
    var replacements =
        ValueKinds.array(attribute(entity, ValueKinds.REPLACEMENTS), request.required("key"));
    var rules = ValueKinds.counter(ofKey, replacements);
    var tariff = tariff(request, ofKey, tenant);
    var buckets = history.consumption(span(request, entity), rules, tariff);
    return Reply.of(
        new JsonArray(buckets.stream().<JsonValue>map(one -> json(one, tariff)).toList()));
  }

  private Reply states(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    var ofKey = ofKey(request, entity, ValueKinds.Kind.STATE);
    var buckets =
        history.timeInState(span(request, entity), ValueKinds.holdsMs(ofKey), clock.millis());
    return Reply.of(new JsonArray(buckets.stream().<JsonValue>map(ValueHistoryApi::json).toList()));
  }

  private Reply travel(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    var rules = ValueKinds.position(ofKey(request, entity, ValueKinds.Kind.POSITION));
    var buckets = positions.travel(span(request, entity), rules);
    return Reply.of(new JsonArray(buckets.stream().<JsonValue>map(ValueHistoryApi::json).toList()));
  }

  private Reply track(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    var rules = ValueKinds.position(ofKey(request, entity, ValueKinds.Kind.POSITION));
    int limit = Math.toIntExact(Math.clamp(request.number("limit", TRACK_PLACES), 0, 1 << 20));
    var track = positions.track(span(request, entity), rules, limit);
    return Reply.of(
        new JsonArray(track.stream().<JsonValue>map(fix -> place(fix).build()).toList()));
  }

  private static ValueHistory.Span span(Request request, EntityId entity) {
    request.required("startTs");
    request.required("endTs");
    long from = request.number("startTs", 0);
    long until = request.number("endTs", 0);
    var interval =
        RangeRequest.interval(request)
            .orElseGet(() -> Interval.ofMillis(Math.max(1, until - from)));
    return new ValueHistory.Span(entity, request.required("key"), from, until, interval);
  }

  private JsonObject ofKey(Request request, EntityId entity, ValueKinds.Kind wanted) {
    var key = request.required("key");
    var ofKey = ValueKinds.object(kinds(entity), key);
    var kind = ValueKinds.kind(ofKey);
    if (kind != wanted) {
      throw HttpError.badField(
          "key",
          "'%s' is a %s; set profileData.valueKinds.%s.kind to %s in the device profile"
              .formatted(key, kind, key, wanted));
    }
    return ofKey;
  }

  private JsonObject kinds(EntityId entity) {
    if (entity.type() != EntityType.DEVICE) {
      return JsonObject.EMPTY;
    }
    return entities
        .devices()
        .find(entity)
        .flatMap(device -> entities.deviceProfiles().find(device.deviceProfileId()))
        .map(profile -> ValueKinds.object(profile.profileData(), ValueKinds.VALUE_KINDS))
        .orElse(JsonObject.EMPTY);
  }

  /// The tariff asked for, else the key's: there and then, or by its name among the tenant's.
  private Optional<Tariff> tariff(Request request, JsonObject ofKey, EntityId tenant) {
    if (request.query("tariff").isEmpty() && ofKey.get("tariff") instanceof JsonObject tariff) {
      return Optional.of(ValueKinds.tariff(tariff));
    }
    var name = request.query("tariff").orElseGet(() -> ofKey.text("tariff", ""));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (attribute(tenant, ValueKinds.TARIFFS).get(name) instanceof JsonObject tariff) {
      return Optional.of(ValueKinds.tariff(tariff));
    }
    throw HttpError.badField(
        "tariff",
        "'%s' is not in the server attribute '%s' of the tenant"
            .formatted(name, ValueKinds.TARIFFS));
  }

  private JsonObject attribute(EntityId entity, String key) {
    return attributes.read(entity, AttributeScope.SERVER_SCOPE, List.of(key)).stream()
        .map(attribute -> attribute.value() instanceof JsonObject json ? json : JsonObject.EMPTY)
        .findFirst()
        .orElse(JsonObject.EMPTY);
  }

  private static JsonValue json(Consumption one, Optional<Tariff> tariff) {
    var json =
        JsonObject.builder()
            .put("ts", one.fromTs())
            .put("endTs", one.untilTs())
            .put("value", number(one.amount()))
            .put("falls", one.falls());
    tariff.ifPresent(
        with -> {
          var rates = JsonObject.builder();
          one.byRate().forEach((rate, amount) -> rates.put(rate, number(amount)));
          json.put("cost", number(one.cost()));
          json.put("currency", new JsonString(with.currency()));
          json.put("byRate", rates.build());
        });
    return json.build();
  }

  private static JsonValue json(TimeInState one) {
    var states = JsonObject.builder();
    one.msByState().forEach(states::put);
    return JsonObject.builder()
        .put("ts", one.fromTs())
        .put("endTs", one.untilTs())
        .put("states", states.build())
        .build();
  }

  private static JsonValue json(Travel one) {
    return JsonObject.builder()
        .put("ts", one.fromTs())
        .put("endTs", one.untilTs())
        .put("km", new JsonDouble(one.km()))
        .put("kmPerHourMax", new JsonDouble(one.kmPerHourMax()))
        .put("fixes", one.fixes())
        .put("jumps", one.jumps())
        .put("last", place(one.last()).build())
        .build();
  }

  private static JsonObject.Builder place(Fix fix) {
    return JsonObject.builder()
        .put("ts", fix.ts())
        .put("latitude", new JsonDouble(fix.latitude()))
        .put("longitude", new JsonDouble(fix.longitude()));
  }

  private static JsonDouble number(BigDecimal number) {
    return new JsonDouble(number.doubleValue());
  }
}
