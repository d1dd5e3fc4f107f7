package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.vertx.core.http.HttpServerResponse;

/// Server-Sent Events: one `data:` line per frame, `event: error` before the end.
final class EventStreamOutput implements LiveOutput {
  private static final int QUEUE_BYTES_MAX = 256 << 10;
  private final HttpServerResponse response;

  EventStreamOutput(HttpServerResponse response) {
    this.response =
        response
            .setChunked(true)
            .setWriteQueueMaxSize(QUEUE_BYTES_MAX)
            .putHeader("Content-Type", "text/event-stream; charset=utf-8")
            .putHeader("Cache-Control", "no-cache")
            .putHeader("Content-Encoding", "identity"); // a compressor would hold events back
  }

  @Override
  public boolean isReady() {
    return !response.writeQueueFull();
  }

  @Override
  public boolean isClosed() {
    return response.closed() || response.ended();
  }

  @Override
  public boolean isPaused() {
    return false; // a page that pauses an event stream closes it
  }

  @Override
  public void send(JsonObject frame) {
    write("data: " + frame + "\n\n");
  }

  @Override
  public void keepAlive() {
    write(": keep-alive\n\n");
  }

  @Override
  public void end(String reason) {
    if (!isClosed()) {
      response.end(
          "event: error\ndata: " + JsonObject.builder().put("message", reason).build() + "\n\n");
    }
  }

  private void write(String text) {
    if (!isClosed()) {
      try {
        response.write(text);
      } catch (IllegalStateException _) { // closed in between; the reader sees it at its next step
        return;
      }
    }
  }
}
