package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answer to a [RestRequest].
record RestReply(int status, Map<String, String> headers, String body) {
  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-cache");

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
    return new RestReply(status, more, body);
  }
}
