package io.millrace.wire.user;

/// Answers one request; blocking is fine.
@FunctionalInterface
interface Endpoint {
  /// Answers; errors are thrown as `HttpError` or as the engine's own exceptions
  Reply answer(Request request) throws Exception;
}
