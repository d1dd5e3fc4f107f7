package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.pipeline.TelemetryRow;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/// What a mapping makes of a payload.
///
/// @param attributes empty for telemetry; `rows` are empty for attributes
record MappedMessage(List<TelemetryRow> rows, JsonObject attributes) {
  private static final long SECONDS_BELOW = 100_000_000_000L; // as milliseconds that is 1973

  /// Reads a payload.
  ///
  /// @param key the name of its one value, or empty for an object of values
  /// @throws BadBodyException when it holds no values
  static MappedMessage of(TopicMapping mapping, String key, byte[] payload, Bodies bodies) {
    var document = key.isEmpty() ? bodies.json(payload) : lenient(payload, bodies);
    var value = JsonPlace.of(mapping.value()).in(document);
    if (value == null) {
      throw new BadBodyException("the payload has nothing at '" + mapping.value() + "'");
    }
    JsonValue values = key.isEmpty() ? value : JsonObject.of(key, value);
    if (mapping.isAttributes()) {
      return new MappedMessage(List.of(), bodies.attributes(values));
    }
    if (!mapping.time().isEmpty()) {
      var stamped = bodies.attributes(values); // the same checks, one row
      return new MappedMessage(
          List.of(new TelemetryRow(time(mapping, document), stamped)), JsonObject.EMPTY);
    }
    return new MappedMessage(bodies.telemetry(values), JsonObject.EMPTY);
  }

  /// One value may be bare text: `open`, `21.5 C`.
  private static JsonValue lenient(byte[] payload, Bodies bodies) {
    if (payload.length > bodies.bytesMax()) {
      throw new BadBodyException(bodies.tooLarge(payload.length));
    }
    try {
      return Json.parse(payload);
    } catch (JsonSyntaxException e) {
      return new JsonString(new String(payload, StandardCharsets.UTF_8).strip());
    }
  }

  private static long time(TopicMapping mapping, JsonValue document) {
    var time = JsonPlace.of(mapping.time()).in(document);
    return switch (time) {
      case JsonLong(var number) -> millis(number);
      case JsonDouble(var number) -> (long) (number < SECONDS_BELOW ? number * 1000 : number);
      case JsonString(var text) -> parsed(text);
      case null, default ->
          throw new BadBodyException("the payload has no time at '" + mapping.time() + "'");
    };
  }

  private static long millis(long number) {
    if (number < 0) {
      throw new BadBodyException("its time %d is before 1970".formatted(number));
    }
    return number < SECONDS_BELOW ? number * 1000 : number;
  }

  private static long parsed(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new BadBodyException(
          "its time '%s' is not written as 2026-11-22T16:00:00Z".formatted(text));
    }
  }
}
