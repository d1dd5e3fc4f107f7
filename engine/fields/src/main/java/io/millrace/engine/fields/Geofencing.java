package io.millrace.engine.fields;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.nodes.EntityWrite;
import io.millrace.engine.rules.nodes.GeoPoint;
import io.millrace.engine.rules.nodes.Perimeter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// ThingsBoard's `GEOFENCING`: where the entity is, seen from groups of zones.
record Geofencing(
    Map<String, Argument> arguments,
    Map<String, Argument> place,
    Output output,
    Map<String, Group> groups)
    implements Formula {
  private static final String LATITUDE = "latitude";
  private static final String LONGITUDE = "longitude";
  private static final String INSIDE = "inside"; // of the state: zones by group

  /// What is reported of a group of zones.
  enum Report {
    REPORT_TRANSITION_EVENTS_ONLY,
    REPORT_PRESENCE_STATUS_ONLY,
    REPORT_TRANSITION_EVENTS_AND_PRESENCE_STATUS
  }

  /// Zones with a name of their own.
  ///
  /// @param relation the kind of relation to zones that the entity is in; empty type: none
  record Group(Argument zone, Report report, Source.Level relation) {}

  static Geofencing read(JsonObject configuration) {
    var places =
        configuration.get("entityCoordinates") instanceof JsonObject given
            ? given
            : JsonObject.EMPTY;
    var place =
        Map.of(
            LATITUDE, Argument.own(key(places, "latitudeKeyName")),
            LONGITUDE, Argument.own(key(places, "longitudeKeyName")));
    var arguments = new LinkedHashMap<>(place);
    var groups = new LinkedHashMap<String, Group>();
    if (configuration.get("zoneGroups") instanceof JsonObject zones) {
      zones.forEach((name, json) -> groups.put(name, group(name, json)));
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("At least one zone group must be specified.");
    }
    groups.forEach((name, group) -> arguments.put(name, group.zone()));
    return new Geofencing(arguments, place, Output.read(configuration), groups);
  }

  private static Group group(String name, JsonValue value) {
    if (name.equals(LATITUDE) || name.equals(LONGITUDE)) {
      throw new IllegalArgumentException(
          "Name '%s' is reserved and cannot be used for zone group!".formatted(name));
    }
    var json = value instanceof JsonObject given ? given : JsonObject.EMPTY;
    var zone =
        new Argument(
            Source.of(json),
            Argument.Kind.ATTRIBUTE,
            key(json, "perimeterKeyName"),
            AttributeScope.SERVER_SCOPE,
            JsonNull.NULL,
            0,
            0);
    boolean relates = json.get("createRelationsWithMatchedZones") == JsonBoolean.TRUE;
    return new Group(
        zone,
        Argument.choice(Report.class, "reportStrategy", json.text("reportStrategy", "")),
        relates ? Source.Level.of(json) : new Source.Level(true, ""));
  }

  private static String key(JsonObject json, String name) {
    var key = json.text(name, "");
    if (key.isBlank()) {
      throw new IllegalArgumentException(name + " must be specified.");
    }
    return key;
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    var places = evaluation.values(place, evaluation.entity());
    Evaluation.requireAll(places);
    var here = new GeoPoint(number(places, LATITUDE), number(places, LONGITUDE));
    var values = JsonObject.builder();
    var before =
        evaluation.state().get(INSIDE) instanceof JsonObject known ? known : JsonObject.EMPTY;
    var after = JsonObject.builder();
    groups.forEach(
        (name, group) -> {
          var was = before.get(name) instanceof JsonObject known ? known : JsonObject.EMPTY;
          after.put(name, report(evaluation, name, group, here, was, values));
        });
    evaluation.state(INSIDE, after.build());
    var told = values.build();
    long ts = output.isTelemetry() ? Evaluation.latestTs(places) : Result.NOW;
    return told.isEmpty() ? List.of() : List.of(new Result(evaluation.entity(), ts, told));
  }

  private static double number(Map<String, Value> values, String name) {
    return values.get(name) instanceof Value.Single single ? single.number(name) : Double.NaN;
  }

  /// @return the zones and whether the entity is inside of each now
  private static JsonObject report(
      Evaluation evaluation,
      String name,
      Group group,
      GeoPoint place,
      JsonObject was,
      JsonObject.Builder values) {
    var now = JsonObject.builder();
    boolean isInside = false;
    boolean wasInside = false;
    for (var zone : zones(evaluation, group)) {
      var known = was.get(zone.id().id().toString());
      boolean isIn = zone.perimeter().contains(place);
      boolean wasIn = known == null ? isIn : known == JsonBoolean.TRUE; // first seen: no change
      isInside |= isIn;
      wasInside |= wasIn;
      if (known == null || isIn != wasIn) {
        relate(evaluation, group, zone.id(), isIn);
      }
      now.put(zone.id().id().toString(), isIn);
    }
    if (group.report() != Report.REPORT_PRESENCE_STATUS_ONLY && isInside != wasInside) {
      values.put(name + "Event", isInside ? "ENTERED" : "LEFT");
    }
    if (group.report() != Report.REPORT_TRANSITION_EVENTS_ONLY) {
      values.put(name + "Status", isInside ? "INSIDE" : "OUTSIDE");
    }
    return now.build();
  }

  private record Zone(EntityId id, Perimeter perimeter) {}

  private static List<Zone> zones(Evaluation evaluation, Group group) {
    var zones = new ArrayList<Zone>();
    for (var id : ids(evaluation, group.zone().source())) {
      if (evaluation.value(group.zone(), id) instanceof Value.Single(_, var json, _)
          && !(json instanceof JsonNull)) {
        zones.add(new Zone(id, Perimeter.read(parsed(json))));
      }
    }
    if (zones.isEmpty()) {
      throw new NotReadyException("No zone has an attribute \"%s\".".formatted(group.zone().key()));
    }
    return zones;
  }

  private static JsonValue parsed(JsonValue json) {
    return json instanceof JsonString(var text) ? Json.parse(text) : json;
  }

  private static List<EntityId> ids(Evaluation evaluation, Source source) {
    return switch (source) {
      case Source.Own _ -> List.of(evaluation.entity());
      case Source.Given(var given) -> List.of(given);
      case Source.Owner _ -> List.of(evaluation.owner(evaluation.entity()));
      case Source.Related(var levels) -> {
        var found = List.of(evaluation.entity());
        for (var level : levels) {
          found =
              found.stream()
                  .flatMap(each -> evaluation.related(each, level).stream())
                  .distinct()
                  .limit(evaluation.config().relatedMax())
                  .toList();
        }
        yield found;
      }
    };
  }

  private static void relate(Evaluation evaluation, Group group, EntityId zone, boolean isIn) {
    if (group.relation().type().isEmpty()) {
      return;
    }
    var change = isIn ? EntityWrite.Change.SAVE_RELATION : EntityWrite.Change.DELETE_RELATION;
    var further =
        JsonObject.builder()
            .put("relationType", group.relation().type())
            .put("direction", group.relation().isFrom() ? "FROM" : "TO")
            .put("otherType", zone.type().name())
            .put("otherId", zone.id().toString())
            .build();
    var context = evaluation.context();
    context.call(
        EntityWrite.call(change, context.tenantId(), evaluation.entity(), further),
        FieldWork.done(evaluation));
  }
}
