package io.millrace.base.model;

import io.millrace.base.json.JsonValue;

/// One telemetry value of one key.
///
/// @param key 1 to 255 characters
/// @param ts milliseconds since 1970-01-01T00:00Z
/// @param value boolean, number, string, object or array; never `null`
public record Point(String key, long ts, JsonValue value) {}
