package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.pipeline.TelemetryRow;
import java.util.ArrayList;
import java.util.List;

/// Reads bodies of telemetry and attributes, and says what is wrong with those it cannot take.
final class Bodies {
  private static final int KEY_CHARS_MAX = 255;
  private static final long TS_MAX = 253_402_300_799_999L; // the end of the year 9999

  private final Config config;

  Bodies(Config config) {
    this.config = config;
  }

  /// @throws BadBodyException when it is too large or not JSON
  JsonValue json(byte[] body) {
    if (body.length > config.payloadBytesMax()) {
      throw new BadBodyException(tooLarge(body.length));
    }
    try {
      return Json.parse(body);
    } catch (JsonSyntaxException e) {
      throw new BadBodyException(cure(String.valueOf(e.getMessage())));
    }
  }

  int bytesMax() {
    return config.payloadBytesMax();
  }

  String tooLarge(long bytes) {
    return "The body of %d bytes is larger than device.payloadBytesMax=%d; send it in parts, or raise the setting"
        .formatted(bytes, config.payloadBytesMax());
  }

  /// The rows of `{"k":v}`, `{"ts":ms,"values":{…}}`, or an array of either.
  List<TelemetryRow> telemetry(JsonValue body) {
    return switch (body) {
      case JsonObject object -> rows(row(object));
      case JsonArray array -> {
        var rows = new ArrayList<TelemetryRow>(array.size());
        for (var element : array.values()) {
          rows.addAll(rows(row(object(element, "Each element of the array"))));
        }
        yield rows;
      }
      default ->
          throw new BadBodyException(
              "Telemetry must be {\"key\":value,…}, {\"ts\":milliseconds,\"values\":{…}} or an array of these, not "
                  + shown(body));
    };
  }

  /// The members, checked; nulls left out, texts that are numbers cast.
  JsonObject attributes(JsonValue body) {
    return values(object(body, "Attributes"));
  }

  JsonObject object(JsonValue value, String what) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new BadBodyException(what + " must be an object {\"key\":value,…}, not " + shown(value));
  }

  private static List<TelemetryRow> rows(TelemetryRow row) {
    return row.values().isEmpty() ? List.of() : List.of(row);
  }

  private TelemetryRow row(JsonObject object) {
    var ts = object.get("ts");
    var values = object.get("values");
    if (ts == null || values == null) { // ThingsBoard: only both together make the long form
      return TelemetryRow.unstamped(values(object));
    }
    return new TelemetryRow(ts(ts), values(object(values, "\"values\"")));
  }

  private static long ts(JsonValue ts) {
    long millis =
        switch (ts) {
          case JsonLong(var whole) -> whole;
          case JsonDouble(var number) when number == Math.rint(number) -> (long) number;
          default ->
              throw new BadBodyException(
                  "\"ts\" must be a whole number of milliseconds since 1970-01-01, not "
                      + shown(ts));
        };
    if (millis < 0 || millis > TS_MAX) {
      throw new BadBodyException(
          "\"ts\" %d is out of range; give milliseconds since 1970-01-01, from 0 to %d"
              .formatted(millis, TS_MAX));
    }
    return millis;
  }

  /// The same object when there is nothing to change, which is the rule.
  private JsonObject values(JsonObject object) {
    for (int i = 0; i < object.size(); i++) { // hot path
      check(object.name(i));
      if (object.value(i) == JsonNull.NULL || isCast(object.value(i))) {
        return changed(object);
      }
    }
    return object;
  }

  private JsonObject changed(JsonObject object) {
    var builder = JsonObject.builder();
    object.forEach(
        (key, value) -> {
          check(key);
          if (value != JsonNull.NULL) { // ThingsBoard: null says nothing
            builder.put(key, isCast(value) ? NumberText.number(value.asText()) : value);
          }
        });
    return builder.build();
  }

  private static void check(String key) {
    if (key.isEmpty()) {
      throw new BadBodyException("A key is empty; give every value a name");
    }
    if (key.length() > KEY_CHARS_MAX) {
      throw new BadBodyException(
          "The key \"%s…\" has %d characters; shorten it to at most %d"
              .formatted(key.substring(0, 40), key.length(), KEY_CHARS_MAX));
    }
  }

  private boolean isCast(JsonValue value) {
    return config.castTexts() && value instanceof JsonString(var text) && NumberText.isNumber(text);
  }

  private static String cure(String notJson) {
    return notJson.contains("NaN") || notJson.contains("Infinity") || notJson.contains("INF")
        ? notJson + "; JSON has no such number: leave the key out, or send null"
        : notJson;
  }

  private static String shown(JsonValue value) {
    var text = value.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
