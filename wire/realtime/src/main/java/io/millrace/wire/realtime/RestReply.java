package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.store.realtime.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The answer to a [RestRequest].
///
/// @param large sent piece by piece instead of `body` when present
record RestReply(int status, Map<String, String> headers, String body, Optional<Large> large) {
  /// A node that is too large for one text.
  record Large(Node node, boolean isExport) {}

  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-cache");

  RestReply(int status, Map<String, String> headers, String body) {
    this(status, headers, body, Optional.empty());
  }

  static RestReply large(Node node, boolean isExport) {
    return new RestReply(200, JSON, "", Optional.of(new Large(node, isExport)));
  }

  static RestReply json(int status, String body) {
    return new RestReply(status, JSON, body);
  }

  static RestReply nothing() {
    return new RestReply(204, Map.of("Cache-Control", "no-cache"), "");
  }

  static RestReply error(int status, String reason) {
    return json(status, JsonObject.of("error", new JsonString(reason)).toString());
  }

  RestReply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RestReply(status, more, body, large);
  }
}
