package io.millrace.store.timeseries;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Where something was, in degrees.
public record Fix(long ts, double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6371.0087714; // mean

  /// Reads `{"latitude": 48.2, "longitude": 16.4}` (or `lat` and `lon` or `lng`), a GeoJSON point
  /// (`{"coordinates": [16.4, 48.2]}`), and `"48.2, 16.4"`; empty for what is no place on earth.
  static Optional<Fix> of(long ts, JsonValue value) {
    return switch (value) {
      case JsonObject json when json.get("coordinates") instanceof JsonArray(var both) ->
          both.size() < 2 ? Optional.empty() : of(ts, both.get(1), both.get(0));
      case JsonObject json ->
          of(
              ts,
              first(json, List.of("latitude", "lat")),
              first(json, List.of("longitude", "lon", "lng")));
      case JsonString(String text) -> ofText(ts, text);
      default -> Optional.empty();
    };
  }

  static Optional<Fix> of(long ts, @Nullable JsonValue latitude, @Nullable JsonValue longitude) {
    var north = degrees(latitude, 90);
    var east = degrees(longitude, 180);
    return north.isEmpty() || east.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fix(ts, north.getAsDouble(), east.getAsDouble()));
  }

  /// Great-circle distance.
  double kmTo(Fix other) {
    double from = Math.toRadians(latitude);
    double to = Math.toRadians(other.latitude);
    double high = Math.sin((to - from) / 2);
    double wide = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double half = high * high + Math.cos(from) * Math.cos(to) * wide * wide;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
  }

  private static Optional<Fix> ofText(long ts, String text) {
    int comma = text.indexOf(',');
    try {
      return comma < 0
          ? Optional.empty()
          : of(
              ts,
              new JsonDouble(Double.parseDouble(text.substring(0, comma).strip())),
              new JsonDouble(Double.parseDouble(text.substring(comma + 1).strip())));
    } catch (NumberFormatException noNumbers) {
      return Optional.empty();
    }
  }

  private static @Nullable JsonValue first(JsonObject json, List<String> names) {
    return names.stream().filter(json::has).findFirst().map(json::get).orElse(null);
  }

  private static OptionalDouble degrees(@Nullable JsonValue value, double max) {
    double number =
        switch (value) {
          case JsonLong(long whole) -> whole;
          case JsonDouble(double fraction) -> fraction;
          case null, default -> Double.NaN;
        };
    return Math.abs(number) <= max ? OptionalDouble.of(number) : OptionalDouble.empty();
  }
}
