package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client through a SOCKS5 proxy (RFC 1928, RFC 1929), and with ALPN (RFC 7301).
class SocksProxyTest {
  private final TestServer broker = TestServer.open();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ServerSocket proxy = listen();

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    broker.close();
    proxy.close();
  }

  @Test
  void theProxyLooksTheNameUpAndKnowsTheUser() {
    Thread.startVirtualThread(() -> serve(0));
    var url = "socks5h://me:secret@127.0.0.1:" + proxy.getLocalPort();
    var options =
        MqttClientOptions.to("broker.example", 1883).clientId("c").proxy(SocksProxy.parse(url));
    try (var client = MqttClient.connect(options)) {
      assertThat(client.subscribe("a", 1)).isEqualTo(1);
    }
    assertThat(asked).containsExactly("me:secret", "broker.example:1883");
  }

  @Test
  void whatTheProxyRefusesIsSaid() {
    Thread.startVirtualThread(() -> serve(5));
    var options =
        MqttClientOptions.to("broker.example", 1883)
            .timeout(Duration.ofSeconds(30))
            .proxy(SocksProxy.parse("socks5h://me:x@127.0.0.1:" + proxy.getLocalPort()));
    assertThatThrownBy(() -> MqttClient.connect(options))
        .isInstanceOf(MqttClientException.class)
        .hasMessageContaining("socks5");
  }

  @Test
  void anUrlIsReadOrRefused() {
    assertThat(SocksProxy.parse("socks5h://proxy"))
        .isEqualTo(new SocksProxy("proxy", 1080, Optional.empty(), Optional.empty()));
    for (var wrong : List.of("http://proxy", "socks5h:", "proxy:1080", "socks5h://a b")) {
      assertThatThrownBy(() -> SocksProxy.parse(wrong)).hasMessageContaining("socks5h://[USER");
    }
  }

  @Test
  void tlsAsksForTheProtocol() throws Exception {
    var hello = new StringBuilder();
    var reader =
        Thread.startVirtualThread(
            () -> {
              try (var socket = proxy.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                in.skipNBytes(3); // a handshake record, its version
                hello.append(new String(in.readNBytes(in.readUnsignedShort()), ISO_8859_1));
              } catch (IOException e) {
                hello.append(e);
              }
            });
    var options =
        MqttClientOptions.to("127.0.0.1", proxy.getLocalPort())
            .tls(TlsConfig.client(Optional.empty()), true)
            .alpn("x-amzn-mqtt-ca");
    assertThatThrownBy(() -> MqttClient.connect(options)).isInstanceOf(MqttClientException.class);
    reader.join();
    assertThat(hello).contains("x-amzn-mqtt-ca");
  }

  /// One connection: greeting, user name and password, CONNECT, then bytes both ways.
  private void serve(int outcome) {
    try (var client = proxy.accept()) {
      var in = new DataInputStream(client.getInputStream());
      var out = client.getOutputStream();
      in.skipNBytes(1);
      in.skipNBytes(in.readUnsignedByte());
      out.write(new byte[] {5, 2});
      in.skipNBytes(1);
      asked.add(text(in) + ":" + text(in));
      out.write(new byte[] {1, 0});
      in.skipNBytes(4);
      asked.add(text(in) + ":" + in.readUnsignedShort());
      out.write(new byte[] {5, (byte) outcome, 0, 1, 127, 0, 0, 1, 0, 1});
      if (outcome == 0) {
        try (var there = new Socket("127.0.0.1", broker.port())) {
          Thread.startVirtualThread(() -> pipe(there, client));
          pipe(client, there);
        }
      }
    } catch (IOException e) {
      asked.add(String.valueOf(e));
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), ISO_8859_1);
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) { // the other side is gone, and with it this one
    }
  }
}
