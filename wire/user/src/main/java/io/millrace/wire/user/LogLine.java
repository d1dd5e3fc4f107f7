package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;

/// One line of the process's own log.
///
/// @param logger whose line it is, without its package
/// @param trouble the exception that came with it, or an empty text
public record LogLine(long ts, String level, String logger, String message, String trouble) {
  JsonObject json() {
    return JsonObject.builder()
        .put("ts", ts)
        .put("level", level)
        .put("logger", logger)
        .put("message", message)
        .put("trouble", trouble)
        .build();
  }
}
