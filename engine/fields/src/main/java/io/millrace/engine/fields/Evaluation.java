package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import io.millrace.engine.rules.ValueContext;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.RangeQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One computation of a field for one entity, in that entity's partition.
final class Evaluation {
  private static final String VERSION = "version";
  private static final String TOLD = "told";

  private final Field field;
  private final EntityId entity;
  private final RuleMessage cause;
  private final @Nullable ValueChange change;
  private final ValueContext context;
  private final NodeServices services;
  private final Config config;
  private @Nullable JsonObject state;
  private Map<String, Value> used = Map.of();

  /// @param cause the message that brought it about
  /// @param change what it changed; null when that is not known
  Evaluation(
      Field field,
      EntityId entity,
      RuleMessage cause,
      @Nullable ValueChange change,
      ValueContext context,
      NodeServices services,
      Config config) {
    this.field = field;
    this.entity = entity;
    this.cause = cause;
    this.change = change;
    this.context = context;
    this.services = services;
    this.config = config;
  }

  Field field() {
    return field;
  }

  EntityId entity() {
    return entity;
  }

  RuleMessage cause() {
    return cause;
  }

  Optional<ValueChange> change() {
    return Optional.ofNullable(change);
  }

  ValueContext context() {
    return context;
  }

  Config config() {
    return config;
  }

  EntityStore entities() {
    return services.entities();
  }

  /// All arguments.
  ///
  /// @throws NotReadyException when one of them has no value and no default
  Map<String, Value> values() {
    var values = values(field.formula().arguments(), entity);
    requireAll(values);
    return values;
  }

  static void requireAll(Map<String, Value> values) {
    var missing =
        values.entrySet().stream()
            .filter(each -> each.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    if (!missing.isEmpty()) {
      throw new NotReadyException("Required arguments are missing: " + String.join(", ", missing));
    }
  }

  /// Those arguments, own ones being of `own`; some may be empty.
  Map<String, Value> values(Map<String, Argument> arguments, EntityId own) {
    var values = new LinkedHashMap<String, Value>();
    arguments.forEach((name, argument) -> values.put(name, value(name, argument, own)));
    used = values;
    return values;
  }

  private Value value(String name, Argument argument, EntityId own) {
    var source =
        switch (argument.source()) {
          case Source.Own _ -> own;
          case Source.Given(var given) -> given;
          case Source.Owner _ -> owner(own);
          case Source.Related _ -> throw new IllegalStateException("Zones are read one by one");
        };
    var value = value(argument, source);
    if (source.equals(entity) && argument.source() instanceof Source.Own) {
      value = newer(value, told(name), argument);
    }
    return checked(name, value);
  }

  private Value checked(String name, Value value) {
    if (value instanceof Value.Single(_, var json, _)
        && json.toString().length() > config.argumentCharsMax()) {
      throw new IllegalArgumentException(
          "Argument '%s' is longer than fields.argumentCharsMax=%d."
              .formatted(name, config.argumentCharsMax()));
    }
    return value;
  }

  /// The customer that it is assigned to, or else its tenant.
  EntityId owner(EntityId of) {
    var customer =
        switch (of.type()) {
          case DEVICE -> entities().devices().find(of).map(device -> device.customerId());
          case ASSET -> entities().assets().find(of).map(asset -> asset.customerId());
          default -> Optional.<EntityId>empty();
        };
    return customer.orElse(context.tenantId());
  }

  /// The value of an argument, of that entity, as stored.
  Value value(Argument argument, EntityId source) {
    return switch (argument.kind()) {
      case TS_LATEST -> latest(argument, source);
      case ATTRIBUTE -> attribute(argument, source);
      case TS_ROLLING -> rolling(argument, source);
    };
  }

  private Value latest(Argument argument, EntityId source) {
    var keys = List.of(argument.key());
    var found = services.timeseries().latest(context.commit(), source, keys);
    return found.isEmpty()
        ? fallback(argument)
        : new Value.Single(found.getFirst().ts(), found.getFirst().value(), false);
  }

  private Value attribute(Argument argument, EntityId source) {
    var keys = List.of(argument.key());
    var attributes = services.attributes();
    // of others only what is committed: their partitions may be at work
    var found =
        source.equals(entity)
            ? attributes.read(context.commit(), source, argument.scope(), keys)
            : attributes.read(source, argument.scope(), keys);
    return found.isEmpty()
        ? fallback(argument)
        : new Value.Single(found.getFirst().lastUpdateTs(), found.getFirst().value(), false);
  }

  private Value fallback(Argument argument) {
    return new Value.Single(context.now(), argument.fallback(), true);
  }

  private Value.Rolling rolling(Argument argument, EntityId source) {
    long from = context.now() - argument.windowMs();
    var query = RangeQuery.newest(argument.key(), from, Long.MAX_VALUE, argument.limit());
    var points = services.timeseries().points(context.commit(), source, query);
    return new Value.Rolling(from, context.now(), points.reversed());
  }

  /// Points of an own key, as this commit shows them, oldest first.
  List<Point> points(RangeQuery query) {
    return services.timeseries().points(context.commit(), entity, query);
  }

  /// The newest time among values that are no defaults; among all when all are.
  static long latestTs(Map<String, Value> values) {
    long latest = -1;
    long ofDefaults = -1;
    for (var value : values.values()) {
      if (value instanceof Value.Single(long ts, _, boolean isDefault) && isDefault) {
        ofDefaults = Math.max(ofDefaults, ts);
      } else {
        latest = Math.max(latest, value.ts());
      }
    }
    return latest < 0 ? ofDefaults : latest;
  }

  // What the field remembers of this entity

  /// Empty at first, and again after a change of the field.
  JsonObject state() {
    var known = state;
    if (known == null) {
      known =
          services
                      .states()
                      .find(entity, field.id().id())
                      .filter(this::isOfThisVersion)
                      .orElse(JsonObject.EMPTY)
                  instanceof JsonObject kept
              ? kept
              : JsonObject.EMPTY;
      state = known;
    }
    return known;
  }

  private boolean isOfThisVersion(JsonValue kept) {
    return kept instanceof JsonObject object
        && object.get(VERSION) instanceof JsonLong(long version)
        && version == field.version();
  }

  void state(String name, JsonValue value) {
    var changed = state().toBuilder().put(VERSION, field.version()).put(name, value).build();
    if (!changed.equals(state)) {
      state = changed;
      services.states().save(context.commit(), entity, field.id().id(), changed);
    }
  }

  /// Remembers values that were told and not saved, for the next computation.
  void remember(ValueChange unsaved) {
    var told = state().get(TOLD) instanceof JsonObject known ? known : JsonObject.EMPTY;
    for (var each : field.formula().arguments().entrySet()) {
      if (each.getValue().source() instanceof Source.Own && each.getValue().isOf(unsaved)) {
        told = told.with(each.getKey(), kept(each.getKey(), each.getValue(), unsaved));
      }
    }
    state(TOLD, told);
  }

  private JsonArray kept(String name, Argument argument, ValueChange unsaved) {
    var points = new ArrayList<>(told(name));
    switch (unsaved) {
      case ValueChange.Telemetry telemetry ->
          telemetry.points().stream()
              .filter(point -> point.key().equals(argument.key()))
              .forEach(points::add);
      case ValueChange.Attributes attributes ->
          attributes.attributes().stream()
              .filter(each -> each.key().equals(argument.key()))
              .map(each -> new Point(each.key(), each.lastUpdateTs(), each.value()))
              .forEach(points::add);
    }
    return new JsonArray(
        merged(points, argument).stream()
            .<JsonValue>map(point -> JsonArray.of(new JsonLong(point.ts()), point.value()))
            .toList());
  }

  private List<Point> told(String name) {
    if (!(state().get(TOLD) instanceof JsonObject told)
        || !(told.get(name) instanceof JsonArray points)) {
      return List.of();
    }
    var found = new ArrayList<Point>();
    for (var each : points.values()) {
      if (each instanceof JsonArray pair && pair.get(0) instanceof JsonLong(long ts)) {
        found.add(new Point(name, ts, pair.get(1)));
      }
    }
    return found;
  }

  private Value newer(Value stored, List<Point> told, Argument argument) {
    if (told.isEmpty()) {
      return stored;
    }
    return switch (stored) {
      case Value.Single single -> {
        var last = told.getLast();
        yield single.isDefault() || last.ts() >= single.ts()
            ? new Value.Single(last.ts(), last.value(), false)
            : single;
      }
      case Value.Rolling(long from, long until, var points) -> {
        var all = new ArrayList<>(points);
        all.addAll(told);
        yield new Value.Rolling(from, until, merged(all, argument));
      }
    };
  }

  /// Ascending, one per time, the newest of as many as the argument may have.
  private List<Point> merged(List<Point> points, Argument argument) {
    var byTs = new java.util.TreeMap<Long, Point>();
    points.forEach(point -> byTs.put(point.ts(), point));
    boolean isRolling = argument.kind() == Argument.Kind.TS_ROLLING;
    var recent = isRolling ? byTs.tailMap(context.now() - argument.windowMs(), true) : byTs;
    var all = List.copyOf(recent.values());
    int most = isRolling ? argument.limit() : 1;
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  /// Entities at the other ends of the relations of one level.
  List<EntityId> related(EntityId of, Source.Level level) {
    var relations = entities().relations();
    var found =
        (level.isFrom() ? relations.from(of) : relations.to(of))
            .stream()
                .filter(each -> each.type().equals(level.type()))
                .map(each -> level.isFrom() ? each.to() : each.from())
                .filter(each -> isOfTenant(each))
                .distinct()
                .limit(config.relatedMax() + 1L)
                .toList();
    if (found.size() > config.relatedMax()) {
      throw new IllegalArgumentException(
          "More than fields.relatedMax=%d entities are related by %s."
              .formatted(config.relatedMax(), level.type()));
    }
    return found;
  }

  private static boolean isOfTenant(EntityId id) {
    return id.type() == EntityType.DEVICE
        || id.type() == EntityType.ASSET
        || id.type() == EntityType.CUSTOMER
        || id.type() == EntityType.TENANT;
  }

  /// Keeps what came of it for people to look at.
  void note(List<Result> results, String error) {
    if (results.isEmpty() && error.isEmpty()) {
      return;
    }
    var arguments = JsonObject.builder();
    used.forEach((name, value) -> arguments.put(name, value.json()));
    field
        .debug()
        .add(
            new FieldEvent(
                context.now(),
                entity,
                cause.id().toString(),
                cause.type(),
                arguments.build(),
                results.isEmpty() ? "" : results.getFirst().values().toString(),
                error));
  }

  static JsonValue orNull(@Nullable JsonValue value) {
    return value == null ? JsonNull.NULL : value;
  }
}
