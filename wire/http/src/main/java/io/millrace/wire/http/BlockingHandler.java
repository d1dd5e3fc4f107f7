package io.millrace.wire.http;

import io.vertx.ext.web.RoutingContext;

/// Answers one request with plain blocking code.
@FunctionalInterface
public interface BlockingHandler {
  /// Writes the answer to `context.response()`, or throws: an [HttpError] becomes that answer,
  /// anything else is logged and becomes 500.
  void handle(RoutingContext context) throws Exception;
}
