package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket client that keeps what comes until the test asks.
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int WAIT_SECONDS = 10;

  private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> closings = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;
  private volatile boolean holding;

  SocketClient(int port, String path) throws Exception {
    socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
            .get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /// The next frame.
  JsonObject next() throws InterruptedException {
    var frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("No frame came; closed: " + closings);
    }
    return (JsonObject) Json.parse(frame);
  }

  /// Stops reading after the next frame, as a client that hangs does.
  void hold() {
    holding = true;
  }

  void goOn() {
    holding = false;
    socket.request(1);
  }

  boolean isClosed() {
    return !closings.isEmpty();
  }

  /// `code reason` of the server's close.
  String closing() throws InterruptedException {
    var closing = closings.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (closing == null) {
      throw new AssertionError("The socket stays open; frames: " + frames);
    }
    return closing;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    if (!holding) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closings.add(code + " " + reason);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
