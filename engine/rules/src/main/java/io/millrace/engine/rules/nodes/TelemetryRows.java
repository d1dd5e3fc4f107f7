package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The rows of a telemetry message's body, oldest first.
///
/// @param ts the time of the values
record TelemetryRows(long ts, JsonObject values) {
  /// The body is `{key: value, …}`, `{"ts": …, "values": {…}}`, or a list of either.
  static List<TelemetryRows> of(JsonValue body, long ts) {
    var rows = new ArrayList<TelemetryRows>();
    switch (body) {
      case JsonArray list -> list.values().forEach(each -> add(each, ts, rows));
      default -> add(body, ts, rows);
    }
    if (rows.size() > 1) {
      rows.sort(Comparator.comparingLong(TelemetryRows::ts));
    }
    return rows;
  }

  private static void add(JsonValue value, long ts, List<TelemetryRows> rows) {
    if (!(value instanceof JsonObject row)) {
      return;
    }
    if (row.get("ts") instanceof JsonLong(long own)
        && row.get("values") instanceof JsonObject values) {
      rows.add(new TelemetryRows(own, values));
    } else {
      rows.add(new TelemetryRows(ts, row));
    }
  }
}
