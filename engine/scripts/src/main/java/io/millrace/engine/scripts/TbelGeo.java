package io.millrace.engine.scripts;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;

/// ThingsBoard's functions for fences: is a place inside of a polygon or a circle?
final class TbelGeo {
  private static final double EARTH_RADIUS_M = 6_371_008.7714;

  private TbelGeo() {}

  /// (latitude, longitude, text of a ring of corners or of several; one in another is a hole)
  static boolean isInsidePolygon(Object[] arguments, Run run) {
    double latitude = number(arguments, 0);
    double longitude = number(arguments, 1);
    return crossings(perimeter(arguments, run), latitude, longitude, run) % 2 == 1;
  }

  /// (latitude, longitude, text of `{latitude, longitude, radius, radiusUnit}`)
  static boolean isInsideCircle(Object[] arguments, Run run) {
    if (!(perimeter(arguments, run) instanceof JsonObject circle)) {
      throw Errors.type("isInsideCircle needs {latitude, longitude, radius}");
    }
    double from = Math.toRadians(number(arguments, 0));
    double to = Math.toRadians(number(circle, "latitude"));
    double high = Math.sin((to - from) / 2);
    double wide = Math.sin(Math.toRadians(number(circle, "longitude") - number(arguments, 1)) / 2);
    double half = high * high + Math.cos(from) * Math.cos(to) * wide * wide;
    double distance = 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
    return distance < number(circle, "radius") * metres(circle.text("radiusUnit", "METER"));
  }

  private static double metres(String unit) {
    return switch (unit) {
      case "METER" -> 1;
      case "KILOMETER" -> 1_000;
      case "FOOT" -> 0.3048;
      case "MILE" -> 1_609.344;
      case "NAUTICAL_MILE" -> 1_852;
      default -> throw Errors.type("The unit " + unit + " of a radius is not known");
    };
  }

  /// How many edges a ray from the place to the east crosses, over all rings.
  private static int crossings(JsonValue rings, double latitude, double longitude, Run run) {
    if (!(rings instanceof JsonArray list) || list.size() == 0) {
      return 0;
    }
    run.work(list.size());
    boolean isRing =
        list.values().getFirst() instanceof JsonArray first
            && first.size() > 0
            && !(first.values().getFirst() instanceof JsonArray);
    int crossed = 0;
    for (int i = 0; i < list.size(); i++) {
      var to = list.values().get(i);
      if (!isRing) {
        crossed += crossings(to, latitude, longitude, run);
      } else if (crosses(list.values().get((i + 1) % list.size()), to, latitude, longitude)) {
        crossed++;
      }
    }
    return crossed;
  }

  private static boolean crosses(JsonValue from, JsonValue to, double latitude, double longitude) {
    double fromLatitude = corner(from, 0);
    double toLatitude = corner(to, 0);
    if (fromLatitude > latitude == toLatitude > latitude) {
      return false;
    }
    double share = (latitude - fromLatitude) / (toLatitude - fromLatitude);
    return longitude < corner(from, 1) + share * (corner(to, 1) - corner(from, 1));
  }

  private static double corner(JsonValue place, int at) {
    if (place instanceof JsonArray pair && pair.size() > at) {
      return number(pair.values().get(at).asText());
    }
    throw Errors.type("A corner is [latitude, longitude], not " + place);
  }

  private static double number(Object[] arguments, int at) {
    return TbelNumbers.number(TbelOps.argument(arguments, at)).doubleValue();
  }

  private static double number(JsonObject circle, String name) {
    var value = circle.get(name);
    return number(value == null ? "" : value.asText());
  }

  private static double number(String text) {
    var number = TbelNumbers.orNull(text);
    if (number == null) {
      throw Errors.type("'" + text + "' of a perimeter is no number");
    }
    return number.doubleValue();
  }

  private static JsonValue perimeter(Object[] arguments, Run run) {
    var text = TbelText.of(TbelOps.argument(arguments, 2), run);
    run.allocate(32L * text.length());
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw Errors.type("The perimeter is not JSON: " + e.getMessage());
    }
  }
}
