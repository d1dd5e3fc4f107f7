package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;

/// Where a live view's frames go: an event stream or a WebSocket. Called on the view's thread.
interface LiveOutput {
  /// Whether the page has taken what was sent before.
  boolean isReady();

  boolean isClosed();

  boolean isPaused();

  void send(JsonObject frame);

  /// Nothing came for a while; keeps the connection from looking dead.
  void keepAlive();

  /// Ends it with a reason for people.
  void end(String reason);
}
