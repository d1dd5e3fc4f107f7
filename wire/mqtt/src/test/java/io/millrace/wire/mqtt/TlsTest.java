package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.testkit.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS on MQTT's listeners: versions, mutual TLS, reload, and files that cannot be used.
class TlsTest {
  @TempDir static Path folder;
  private static TestCertificates made;

  @BeforeAll
  static void certificates() {
    made = TestCertificates.in(folder).issue("server", "localhost").issue("pump", "pump-7");
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void eachVersionCarriesMessagesBothWays(String version) {
    try (var broker = open(versions(server(), version), CertificateIdentity.NONE)) {
      var got = new CopyOnWriteArrayList<String>();
      try (var client = MqttClient.connect(to(broker, trusting()))) {
        client.onMessage(publish -> got.add(new String(publish.payload(), UTF_8)));
        client.subscribe("a/#", 1);
        for (int i = 0; i < 200; i++) {
          client.publish("a/b", ("m" + i).repeat(100).getBytes(UTF_8), 1, false);
        }
        await().until(() -> got.size() == 200);
        assertThat(got.getLast()).isEqualTo("m199".repeat(100));
      }
    }
  }

  @Test
  void aServerThatNoAuthorityKnowsIsRefusedByTheClient() {
    try (var broker = open(server(), CertificateIdentity.NONE)) {
      var options = to(broker, TlsConfig.client(Optional.empty()));
      assertThatThrownBy(() -> MqttClient.connect(options))
          .isInstanceOf(MqttClientException.class)
          .hasMessageContaining("TLS with localhost");
    }
  }

  @Test
  void theUserNameComesFromTheCertificate() {
    var seen = new CopyOnWriteArrayList<String>();
    Authorizer remember =
        new Authorizer() {
          @Override
          public boolean mayPublish(Client client, String topic) {
            return seen.add(client.principal().name());
          }

          @Override
          public boolean maySubscribe(Client client, String filter) {
            return false;
          }
        };
    var mutual = server().mutual(made.authority());
    try (var broker = open(mutual, CertificateIdentity.COMMON_NAME, remember)) {
      try (var client = MqttClient.connect(to(broker, identified()))) {
        client.publish("a", new byte[0], 1, false);
      }
      assertThat(seen).containsExactly("pump-7");
      assertThatThrownBy(() -> MqttClient.connect(to(broker, trusting())))
          .isInstanceOf(MqttClientException.class);
    }
  }

  @Test
  void aNewCertificateIsServedWithoutDroppingAnyone() throws Exception {
    made.issue("first", "first").issue("second", "second");
    var certificate = folder.resolve("live.pem");
    var key = folder.resolve("live.key");
    Files.copy(made.certificate("first"), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(made.key("first"), key, StandardCopyOption.REPLACE_EXISTING);
    try (var broker = open(TlsConfig.server(certificate, key), CertificateIdentity.NONE)) {
      try (var old = MqttClient.connect(to(broker, trusting()))) {
        assertThat(subject(broker)).contains("CN=first");
        Files.copy(made.certificate("second"), certificate, StandardCopyOption.REPLACE_EXISTING);
        broker.server.reload(); // half of the pair: the old one stays
        assertThat(subject(broker)).contains("CN=first");
        Files.copy(made.key("second"), key, StandardCopyOption.REPLACE_EXISTING);
        broker.server.reload();
        await().until(() -> subject(broker).contains("CN=second"));
        old.publish("still/there", new byte[0], 1, false);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pkcs8 -topk8 -nocrypt -in rsa.key -out k.key           |",
        "rsa -traditional -in rsa.key -out k.key                |",
        "pkcs8 -topk8 -passout pass:sesam -in rsa.key -out k.key | sesam",
        "pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:sesam -in rsa.key -out k.key | sesam"
      })
  void everyFormOfAnRsaKeyIsRead(String command, String passphrase) {
    made.openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout rsa.key -out"
            + " rsa.pem");
    made.openssl(command.strip());
    var config =
        TlsConfig.client(Optional.of(made.authority()))
            .identified(
                folder.resolve("rsa.pem"),
                folder.resolve("k.key"),
                Optional.ofNullable(passphrase));
    assertThat(TlsFiles.server(config, "x").context().isServer()).isTrue();
  }

  @Test
  void anEllipticKeyInTheOldFormIsRead() {
    made.openssl("ec -in server.key -out old.key");
    var config = TlsConfig.server(made.certificate("server"), folder.resolve("old.key"));
    assertThat(TlsFiles.server(config, "x").context().isServer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.pem | server.key  | nowhere.pem cannot be read",
        "server.key  | server.key  | holds a private key and no certificate; are the certificate"
            + " and the key swapped?",
        "server.pem  | server.pem  | holds a certificate and no private key; are the certificate"
            + " and the key swapped?",
        "server.pem  | pump.key    | does not belong to the certificate in",
        "server.pem  | sealed.key  | is encrypted; set its pass phrase",
        "server.csr  | server.key  | holds no PEM certificate",
        "server.pem  | old.sealed  | Convert it once: openssl pkcs8 -topk8"
      })
  void aFileThatCannotBeUsedIsNamedWithTheCure(String certificate, String key, String message) {
    made.openssl("pkcs8 -topk8 -passout pass:sesam -in server.key -out sealed.key");
    made.openssl("ec -in server.key -aes128 -passout pass:sesam -out old.sealed");
    var config = TlsConfig.server(folder.resolve(certificate.strip()), folder.resolve(key.strip()));
    assertThatThrownBy(() -> open(config, CertificateIdentity.NONE))
        .isInstanceOf(TlsFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aWrongPassPhraseIsToldApart() {
    made.openssl("pkcs8 -topk8 -passout pass:sesam -in server.key -out sealed.key");
    var config =
        TlsConfig.client(Optional.empty())
            .identified(
                made.certificate("server"), folder.resolve("sealed.key"), Optional.of("wrong"));
    assertThatThrownBy(() -> TlsFiles.server(config, "x"))
        .hasMessageContaining("cannot be opened with the pass phrase");
  }

  @Test
  void aRevokedCertificateIsShutOut() throws Exception {
    made.issue("stolen", "stolen");
    Files.writeString(folder.resolve("index.txt"), "");
    Files.writeString(
        folder.resolve("ca.conf"),
        "[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=1\n");
    made.openssl("ca -config ca.conf -keyfile ca.key -cert ca.pem -revoke stolen.pem");
    made.openssl("ca -config ca.conf -keyfile ca.key -cert ca.pem -gencrl -out revoked.pem");
    var strict =
        new TlsConfig(
            Optional.of(made.certificate("server")),
            Optional.of(made.key("server")),
            Optional.empty(),
            Optional.of(made.authority()),
            true,
            Optional.of(folder.resolve("revoked.pem")),
            List.of(),
            List.of());
    var stolen =
        trusting().identified(made.certificate("stolen"), made.key("stolen"), Optional.empty());
    try (var broker = open(strict, CertificateIdentity.COMMON_NAME)) {
      MqttClient.connect(to(broker, identified())).close();
      assertThatThrownBy(() -> MqttClient.connect(to(broker, stolen)))
          .isInstanceOf(MqttClientException.class);
    }
  }

  @Test
  void webSocketsGoOverTls() throws Exception {
    var listener =
        ListenerConfig.webSocket(
                "wss", "test", "127.0.0.1", 0, "", ListenerRules.anonymous(AllowAnonymous.ALL))
            .withTls(server());
    try (var broker = TestServer.open(List.of(listener), Authenticator.NONE, Authorizer.ALL)) {
      var got = new StringBuffer();
      var uri = "wss://localhost:%d/mqtt".formatted(broker.server.webSocketPort());
      var socket =
          java.net.http.HttpClient.newBuilder()
              .sslContext(context())
              .build()
              .newWebSocketBuilder()
              .subprotocols("mqtt")
              .buildAsync(java.net.URI.create(uri), new Hex(got))
              .join();
      var bytes = RawClient.bytes("10 r13 s4 'MQTT' 04 02 k60 s1 'w' 82 r6 m1 s1 't' 01 C0 00");
      socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true).join();
      await().until(() -> got.toString().equals("200200009003000101d000"));
      socket.abort();
    }
  }

  /// Collects what a WebSocket brings.
  private record Hex(StringBuffer got) implements java.net.http.WebSocket.Listener {
    @Override
    public java.util.concurrent.CompletionStage<?> onBinary(
        java.net.http.WebSocket socket, java.nio.ByteBuffer data, boolean last) {
      var copy = new byte[data.remaining()];
      data.get(copy);
      got.append(java.util.HexFormat.of().formatHex(copy));
      socket.request(1);
      return java.util.concurrent.CompletableFuture.completedStage(null);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tls | 'PROXY TCP4 203.0.113.9 127.0.0.1 4711 8883' 0D0A",
        "tls | 0D0A0D0A000D0A515549540A 21 11 000C CB007109 7F000001 1267 22B3",
        "ws  | 'PROXY TCP4 203.0.113.9 127.0.0.1 4711 8883' 0D0A",
        "ws  | 0D0A0D0A000D0A515549540A 21 11 000C CB007109 7F000001 1267 22B3",
        "wss | 'PROXY TCP4 203.0.113.9 127.0.0.1 4711 8883' 0D0A",
        "wss | 0D0A0D0A000D0A515549540A 21 11 000C CB007109 7F000001 1267 22B3"
      })
  void everyTransportBeginsBehindAProxysHeader(String transport, String header) throws Exception {
    var seen = new CopyOnWriteArrayList<String>();
    Authenticator remember =
        (request, decision) -> {
          seen.add(request.remoteAddress().toString());
          decision.accept(new ConnectDecision.Anonymous());
        };
    try (var broker = TestServer.open(List.of(proxied(transport)), remember, Authorizer.ALL);
        var plain = new java.net.Socket("127.0.0.1", broker.server.listening().getFirst().port())) {
      plain.setSoTimeout(30_000);
      plain.getOutputStream().write(RawClient.bytes(header));
      try (var socket =
          transport.equals("ws")
              ? plain
              : context()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", plain.getPort(), true)) {
        boolean framed = transport.startsWith("ws");
        if (framed) {
          upgrade(socket);
        }
        var connect = "10 r13 s4 'MQTT' 04 02 k60 s1 'p'"; // 15 bytes; a frame's mask of zeros
        socket
            .getOutputStream()
            .write(RawClient.bytes(framed ? "82 8F 00000000" + connect : connect));
        var accepted = RawClient.bytes(framed ? "82 04 20 r2 00 00" : "20 r2 00 00");
        assertThat(socket.getInputStream().readNBytes(accepted.length)).isEqualTo(accepted);
      }
      assertThat(seen).containsExactly("/203.0.113.9:4711");
    }
  }

  private static ListenerConfig proxied(String transport) {
    var rules = ListenerRules.anonymous(AllowAnonymous.ALL);
    var listener =
        transport.startsWith("ws")
            ? ListenerConfig.webSocket("proxied", "test", "127.0.0.1", 0, "", rules)
            : ListenerConfig.tcp("proxied", "test", "127.0.0.1", 0, rules);
    var behind = listener.withProxyProtocol();
    return transport.equals("ws") ? behind : behind.withTls(server());
  }

  private static void upgrade(java.net.Socket socket) throws java.io.IOException {
    var request =
        """
        GET /mqtt HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: mqtt

        """;
    socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the head ended after %s", head).isNotNegative();
      head.append((char) next);
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101");
  }

  private static javax.net.ssl.SSLContext context() throws Exception {
    var context = javax.net.ssl.SSLContext.getInstance("TLS");
    var trust = TlsTrust.of(Optional.of(made.authority()), Optional.empty());
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String subject(TestServer broker) throws Exception {
    try (var socket =
        (javax.net.ssl.SSLSocket)
            context()
                .getSocketFactory()
                .createSocket("127.0.0.1", broker.server.listening().getFirst().port())) {
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  private static TlsConfig server() {
    return TlsConfig.server(made.certificate("server"), made.key("server"));
  }

  private static TlsConfig versions(TlsConfig config, String version) {
    return new TlsConfig(
        config.certificate(),
        config.key(),
        config.keyPassphrase(),
        config.authorities(),
        false,
        Optional.empty(),
        List.of(version),
        List.of());
  }

  private static TlsConfig trusting() {
    return TlsConfig.client(Optional.of(made.authority()));
  }

  private static TlsConfig identified() {
    return trusting().identified(made.certificate("pump"), made.key("pump"), Optional.empty());
  }

  private static TestServer open(TlsConfig tls, CertificateIdentity identity) {
    return open(tls, identity, Authorizer.ALL);
  }

  private static TestServer open(TlsConfig tls, CertificateIdentity identity, Authorizer may) {
    var rules =
        new ListenerRules(AllowAnonymous.ALL, identity, 0, 2, Optional.empty(), Optional.empty());
    var listener = ListenerConfig.tcp("secure", "test", "127.0.0.1", 0, rules).withTls(tls);
    return TestServer.open(List.of(listener), Authenticator.NONE, may);
  }

  private static MqttClientOptions to(TestServer broker, TlsConfig tls) {
    return MqttClientOptions.to("localhost", broker.server.listening().getFirst().port())
        .clientId("c")
        .tls(tls, true);
  }
}
