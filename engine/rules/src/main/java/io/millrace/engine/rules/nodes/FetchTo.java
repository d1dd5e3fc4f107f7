package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;

/// How configurations of version 0 said where an enrichment goes.
final class FetchTo {
  private FetchTo() {}

  /// @param old the former member, true or false
  /// @param oldMeansBody whether true meant the body
  static JsonObject upgrade(JsonObject configuration, String old, boolean oldMeansBody) {
    if (configuration.has("fetchTo")) {
      return configuration;
    }
    var before = configuration.get(old);
    boolean isSet = before != null && before.asText().equals("true");
    boolean isBody = before != null && isSet == oldMeansBody;
    return configuration.with(
        "fetchTo", new JsonString((isBody ? KeySource.DATA : KeySource.METADATA).name()));
  }
}
