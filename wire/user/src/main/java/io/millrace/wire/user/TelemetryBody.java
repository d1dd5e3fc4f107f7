package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;

/// ThingsBoard's three forms of posted telemetry: `{"k":v}`, `{"ts":…,"values":{…}}`, or a list.
final class TelemetryBody {
  private static final int KEY_LENGTH_MAX = 255;
  // 1 January 10000: what comes later was given in another unit than milliseconds
  private static final long TS_MAX = 253_402_300_800_000L;

  /// Values of one time.
  record Row(long ts, JsonObject values, List<Point> points) {}

  private TelemetryBody() {}

  static List<Row> rows(JsonValue body, long nowMs) {
    var rows = new ArrayList<Row>();
    if (body instanceof JsonArray list) {
      list.values().forEach(each -> rows.add(row(each, nowMs)));
    } else {
      rows.add(row(body, nowMs));
    }
    if (rows.stream().allMatch(row -> row.points.isEmpty())) {
      throw HttpError.badRequest("There is no value in the body");
    }
    return rows;
  }

  /// As ThingsBoard tells its rule chains: `{"timeseries":[{"ts":…,"values":{…}}]}`.
  static JsonObject json(List<Row> rows) {
    return JsonObject.of(
        "timeseries",
        new JsonArray(
            rows.stream()
                .<JsonValue>map(
                    row -> JsonObject.builder().put("ts", row.ts).put("values", row.values).build())
                .toList()));
  }

  private static Row row(JsonValue value, long nowMs) {
    if (!(value instanceof JsonObject object)) {
      throw HttpError.badRequest("Telemetry is an object or a list of objects, not " + value);
    }
    return object.get("ts") instanceof JsonLong(long ts)
            && object.get("values") instanceof JsonObject values
        ? row(checked(ts), values)
        : row(nowMs, object);
  }

  private static Row row(long ts, JsonObject values) {
    var points = new ArrayList<Point>(values.size());
    values.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw HttpError.badField(
                key.isEmpty() ? key : key.substring(0, 32) + "…",
                "is a key of %d characters; keys have 1 to %d"
                    .formatted(key.length(), KEY_LENGTH_MAX));
          }
          if (!(value instanceof JsonNull)) {
            points.add(new Point(key, ts, value));
          }
        });
    return new Row(ts, values, points);
  }

  private static long checked(long ts) {
    if (ts < 0 || ts >= TS_MAX) {
      throw HttpError.badField(
          "ts", "is %d; it counts milliseconds since 1970-01-01T00:00Z".formatted(ts));
    }
    return ts;
  }
}
