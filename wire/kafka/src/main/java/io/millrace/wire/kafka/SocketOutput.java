package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/// A WebSocket: one text message per frame; takes `{"cmd":"pause"}` and `{"cmd":"resume"}`.
final class SocketOutput implements LiveOutput {
  private static final int QUEUE_BYTES_MAX = 256 << 10;
  private static final short POLICY_VIOLATION = 1008; // RFC 6455 section 7.4.1
  private static final int REASON_BYTES_MAX = 120; // RFC 6455 section 5.5: 125 with the code

  private final ServerWebSocket socket;
  private volatile boolean isPaused;

  SocketOutput(ServerWebSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
    socket.textMessageHandler(this::command);
  }

  private void command(String text) {
    try {
      var command = Json.parse(text) instanceof JsonObject object ? object.text("cmd", "") : "";
      switch (command) {
        case "pause" -> isPaused = true;
        case "resume" -> isPaused = false;
        default -> error("Unknown command; send {\"cmd\":\"pause\"} or {\"cmd\":\"resume\"}");
      }
    } catch (JsonSyntaxException e) {
      error("A command is a JSON object such as {\"cmd\":\"pause\"}");
    }
  }

  private void error(String message) {
    send(JsonObject.builder().put("error", message).build());
  }

  @Override
  public boolean isReady() {
    try {
      return !socket.writeQueueFull();
    } catch (IllegalStateException _) { // closed; the reader sees it at its next step
      return false;
    }
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isPaused() {
    return isPaused;
  }

  @Override
  public void send(JsonObject frame) {
    whileOpen(() -> socket.writeTextMessage(frame.toString()));
  }

  @Override
  public void keepAlive() {
    whileOpen(() -> socket.writePing(Buffer.buffer()));
  }

  @Override
  public void end(String reason) {
    error(reason);
    var ascii = reason.replaceAll("[^ -~]", "?");
    var shortened = ascii.substring(0, Math.min(ascii.length(), REASON_BYTES_MAX));
    whileOpen(() -> socket.close(POLICY_VIOLATION, shortened));
  }

  /// The page may go at any moment, also between the question and the write.
  private void whileOpen(Runnable write) {
    if (!socket.isClosed()) {
      try {
        write.run();
      } catch (IllegalStateException _) { // closed in between; the reader sees it at its next step
        return;
      }
    }
  }
}
