package io.millrace.base.json;

/// One immutable JSON value.
///
/// Numbers keep the kind they were written in: digits only, within 64 bits, is a [JsonLong];
/// everything else is a [JsonDouble], always finite. `toString` is the compact JSON text.
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonLong, JsonDouble, JsonBoolean, JsonNull {

  /// The text of a string, and the compact JSON text of anything else: how ThingsBoard shows a
  /// value in REST answers, metadata and templates.
  default String asText() {
    return toString();
  }
}
