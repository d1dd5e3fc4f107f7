package io.millrace.base.model;

import io.millrace.base.json.JsonValue;

/// One attribute as stored.
///
/// @param lastUpdateTs milliseconds since 1970-01-01T00:00Z
public record Attribute(String key, JsonValue value, long lastUpdateTs) {}
