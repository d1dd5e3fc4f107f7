package io.millrace.wire.http;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;

/// How a port writes an error into a body.
@FunctionalInterface
public interface ErrorShape {
  /// `{"status","message","errorCode","timestamp"}`.
  ErrorShape THINGSBOARD =
      (error, nowMs) ->
          JsonObject.builder()
              .put("status", error.status())
              .put("message", error.getMessage())
              .put("errorCode", error.code().number())
              .put("timestamp", nowMs)
              .build();

  JsonValue body(HttpError error, long nowMs);
}
