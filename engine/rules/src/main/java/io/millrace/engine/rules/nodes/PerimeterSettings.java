package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.RuleMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fence of a geofencing node: in its settings, or in the message's metadata.
record PerimeterSettings(
    @Doc("Key of the latitude, in the body or the metadata.") @Default("latitude")
        String latitudeKeyName,
    @Doc("Key of the longitude, in the body or the metadata.") @Default("longitude")
        String longitudeKeyName,
    @Doc("POLYGON or CIRCLE.") @Default("POLYGON") Type perimeterType,
    @Doc("Take the fence from the message's metadata.")
        boolean fetchPerimeterInfoFromMessageMetadata,
    @Doc("Metadata member that holds the fence.") String perimeterKeyName,
    @Doc("Corners as [[latitude, longitude], …], or a list of such.") String polygonsDefinition,
    @Doc("Latitude of the circle's centre.") double centerLatitude,
    @Doc("Longitude of the circle's centre.") double centerLongitude,
    @Doc("Radius of the circle.") double range,
    @Doc("Unit of the radius.") @Default("METER") RangeUnit rangeUnit) {

  enum Type {
    POLYGON,
    CIRCLE
  }

  enum RangeUnit {
    METER(1000),
    KILOMETER(1),
    FOOT(3280.84),
    MILE(0.62137),
    NAUTICAL_MILE(0.539957);

    private final double perKm;

    RangeUnit(double perKm) {
      this.perKm = perKm;
    }

    double km(double length) {
      return length / perKm;
    }
  }

  private static final String OLD_POLYGON_KEY = "perimeter";

  GeoPoint place(RuleMessage message) {
    return new GeoPoint(
        coordinate(message, latitudeKeyName), coordinate(message, longitudeKeyName));
  }

  /// The fence of the settings; it is the same for every message.
  Perimeter own() {
    return perimeterType == Type.CIRCLE
        ? new Perimeter.Circle(new GeoPoint(centerLatitude, centerLongitude), rangeUnit.km(range))
        : polygons(polygonsDefinition);
  }

  /// The fence that the message brings.
  Perimeter of(RuleMessage message) {
    var key = perimeterKeyName.isEmpty() ? OLD_POLYGON_KEY : perimeterKeyName;
    var text = message.metadata().text(key, "");
    if (!text.isEmpty()) {
      boolean isCircle = perimeterType == Type.CIRCLE && !perimeterKeyName.isEmpty();
      return isCircle ? circle(text) : polygons(text);
    }
    if (perimeterKeyName.isEmpty() && message.metadata().has("centerLatitude")) {
      return oldCircle(message.metadata());
    }
    throw new IllegalArgumentException("The metadata has no fence \"%s\".".formatted(key));
  }

  private static double coordinate(RuleMessage message, String key) {
    var value = KeySource.DATA.of(message).get(key);
    if (value == null) {
      value = message.metadata().get(key);
    }
    if (value == null) {
      throw new IllegalArgumentException("Neither body nor metadata has a \"%s\".".formatted(key));
    }
    return number(value);
  }

  static Perimeter circle(String text) {
    if (!(Json.parse(text) instanceof JsonObject circle)) {
      throw new IllegalArgumentException("The fence %s is not a circle.".formatted(text));
    }
    var unit = RangeUnit.valueOf(circle.text("radiusUnit", "METER"));
    return new Perimeter.Circle(
        new GeoPoint(number(circle.get("latitude")), number(circle.get("longitude"))),
        unit.km(number(circle.get("radius"))));
  }

  private static Perimeter oldCircle(JsonObject metadata) {
    var unit = RangeUnit.valueOf(metadata.text("rangeUnit", "METER"));
    return new Perimeter.Circle(
        new GeoPoint(
            number(metadata.get("centerLatitude")), number(metadata.get("centerLongitude"))),
        unit.km(number(metadata.get("range"))));
  }

  static Perimeter polygons(String text) {
    var rings = new ArrayList<Perimeter.Ring>();
    try {
      collect(Json.parse(text), rings);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The fence \"%s\" is not a list of corners: %s".formatted(text, e.getMessage()), e);
    }
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("The fence %s has no corners.".formatted(text));
    }
    return Perimeter.Polygons.of(rings);
  }

  /// A list of pairs is a ring; a list of lists holds more.
  private static void collect(JsonValue value, List<Perimeter.Ring> rings) {
    if (!(value instanceof JsonArray list)) {
      throw new IllegalArgumentException("The fence's part %s is not a list.".formatted(value));
    }
    if (list.size() > 0 && list.values().stream().allMatch(PerimeterSettings::isCorner)) {
      rings.add(ring(list));
    } else {
      list.values().forEach(inner -> collect(inner, rings));
    }
  }

  private static boolean isCorner(JsonValue value) {
    return value instanceof JsonArray pair
        && pair.size() == 2
        && !(pair.get(0) instanceof JsonArray);
  }

  /// ThingsBoard: two corners stand for a rectangle.
  private static Perimeter.Ring ring(JsonArray list) {
    var corners = new ArrayList<GeoPoint>();
    for (var each : list.values()) {
      if (each instanceof JsonArray pair) {
        corners.add(new GeoPoint(number(pair.get(0)), number(pair.get(1))));
      }
    }
    if (corners.size() == 2) {
      var a = corners.getFirst();
      var c = corners.getLast();
      return new Perimeter.Ring(
          List.of(
              a,
              new GeoPoint(a.latitude(), c.longitude()),
              c,
              new GeoPoint(c.latitude(), a.longitude())));
    }
    return new Perimeter.Ring(List.copyOf(corners));
  }

  private static double number(@Nullable JsonValue value) {
    return switch (value) {
      case JsonLong(long whole) -> whole;
      case JsonDouble(double number) -> number;
      case JsonString(var text) -> Double.parseDouble(text);
      case null, default ->
          throw new IllegalArgumentException("%s is not a coordinate.".formatted(value));
    };
  }
}
