package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;

/// What came of an [OutsideCall].
///
/// @param delivered whether the outside took it; for HTTP, whatever its status
/// @param result what the kind of call says, or `error`: one sentence on why it was given up
public record Answer(boolean delivered, JsonObject result) {
  public static Answer failed(String error) {
    return new Answer(false, JsonObject.builder().put("error", error).build());
  }
}
