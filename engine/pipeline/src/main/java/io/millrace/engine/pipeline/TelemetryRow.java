package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;

/// The values that a device measured at one time.
///
/// @param ts milliseconds since 1970-01-01T00:00Z, or [#NO_TS]: the server stamps it
/// @param values by key; no nulls
public record TelemetryRow(long ts, JsonObject values) {
  /// Stands for "no time of its own".
  public static final long NO_TS = Long.MIN_VALUE;

  public static TelemetryRow unstamped(JsonObject values) {
    return new TelemetryRow(NO_TS, values);
  }

  public boolean isStamped() {
    return ts != NO_TS;
  }
}
