package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// MQTT over WebSocket with the JDK's client.
class WebSocketTest {
  private final TestServer broker = TestServer.open();

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  @Clause({"MQTT-6.0.0-2", "MQTT-6.0.0-4"})
  void packetsMayBeCutAnywhereAcrossFrames() {
    var received = new Received();
    var socket = connect("mqtt", received);
    assertThat(socket.getSubprotocol()).isEqualTo("mqtt");
    var bytes =
        RawClient.bytes(
            "10 r13 s4 'MQTT' 04 02 k60 s1 'w' 82 r6 m1 s1 't' 01 32 r6 s1 't' m7 'x' C0 00");
    for (int i = 0; i < bytes.length; i += 3) {
      var piece = ByteBuffer.wrap(Arrays.copyOfRange(bytes, i, Math.min(i + 3, bytes.length)));
      socket.sendBinary(piece, true).join();
    }
    Awaitility.await().until(() -> received.hex().contains("d000"));
    assertThat(received.hex()).startsWith("200200009003000101");
    assertThat(received.hex()).contains("3206000174000178").contains("40020007");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  @Clause("MQTT-6.0.0-1")
  void textFramesCloseTheConnection() throws InterruptedException {
    var received = new Received();
    var socket = connect("mqtt", received);
    socket.sendText("hello", true).join();
    assertThat(received.ended.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anyPathWillDoUnlessOneIsSet() {
    try (var strict = TestServer.open(java.util.Map.of("websocket.path", "/mqtt"))) {
      var socket = HttpClient.newHttpClient().newWebSocketBuilder();
      assertThatThrownBy(() -> socket.buildAsync(other(strict), new Received()).join()).isNotNull();
      socket.buildAsync(other(broker), new Received()).join().abort();
    }
  }

  private static URI other(TestServer server) {
    return URI.create("ws://127.0.0.1:%d/other/path".formatted(server.server.webSocketPort()));
  }

  private WebSocket connect(String protocol, Received received) {
    var uri = URI.create("ws://127.0.0.1:%d/mqtt".formatted(broker.server.webSocketPort()));
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols(protocol)
        .buildAsync(uri, received)
        .join();
  }

  private static final class Received implements WebSocket.Listener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    String hex() {
      return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      var copy = new byte[data.remaining()];
      data.get(copy);
      bytes.writeBytes(copy);
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended.countDown();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.countDown();
    }
  }
}
