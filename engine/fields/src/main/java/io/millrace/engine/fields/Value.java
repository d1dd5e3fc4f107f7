package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import java.util.List;

/// What an argument is at one moment.
sealed interface Value {
  /// Whether there is nothing to compute with.
  boolean isEmpty();

  /// The time of its newest part; -1 when it has none.
  long ts();

  /// As scripts and debug events see it.
  JsonObject json();

  /// The newest value, or the argument's default.
  ///
  /// @param value null when there is neither
  record Single(long ts, JsonValue value, boolean isDefault) implements Value {
    @Override
    public boolean isEmpty() {
      return value instanceof JsonNull;
    }

    @Override
    public JsonObject json() {
      return JsonObject.builder()
          .put("type", "SINGLE_VALUE")
          .put("ts", ts)
          .put("value", value)
          .build();
    }

    /// @throws IllegalArgumentException when it is no number
    double number(String name) {
      return switch (value) {
        case JsonLong(long whole) -> whole;
        case JsonDouble(double number) -> number;
        case JsonBoolean truth -> truth.value() ? 1 : 0;
        default -> parsed(name, value.asText());
      };
    }

    private static double parsed(String name, String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "Argument '%s' is not a number.".formatted(name), e); // ThingsBoard's words
      }
    }
  }

  /// Points of a time window, oldest first.
  record Rolling(long fromTs, long untilTs, List<Point> points) implements Value {
    @Override
    public boolean isEmpty() {
      return points.isEmpty();
    }

    @Override
    public long ts() {
      return points.isEmpty() ? -1 : points.getLast().ts();
    }

    @Override
    public JsonObject json() {
      var window = JsonObject.builder().put("startTs", fromTs).put("endTs", untilTs).build();
      return JsonObject.builder()
          .put("type", "TS_ROLLING")
          .put("timeWindow", window)
          .put("values", new JsonArray(points.stream().<JsonValue>map(Rolling::json).toList()))
          .build();
    }

    private static JsonObject json(Point point) {
      return JsonObject.builder().put("ts", point.ts()).put("value", number(point.value())).build();
    }

    /// ThingsBoard: rolling values are numbers; what is none counts as not a number, here null.
    private static JsonValue number(JsonValue value) {
      return switch (value) {
        case JsonLong(long whole) -> new JsonDouble(whole);
        case JsonDouble number -> number;
        case JsonBoolean truth -> new JsonDouble(truth.value() ? 1 : 0);
        case JsonString(var text) -> parsed(text);
        default -> JsonNull.NULL;
      };
    }

    private static JsonValue parsed(String text) {
      try {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? new JsonDouble(number) : JsonNull.NULL;
      } catch (NumberFormatException notANumber) {
        return JsonNull.NULL;
      }
    }
  }
}
