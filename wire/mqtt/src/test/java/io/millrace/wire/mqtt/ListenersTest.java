package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several listeners with their own rules; Unix sockets, IPv6 and PROXY protocol.
class ListenersTest {
  private static final String CONNECT = "10 r13 s4 'MQTT' 04 02 k60 s1 'p'";
  private static final String ACCEPTED = "20 02 00 00";
  private static final ListenerRules OPEN = ListenerRules.anonymous(AllowAnonymous.ALL);

  @TempDir Path folder;

  @Test
  @Clause({"MQTT-3.2.2-9", "MQTT-3.2.2-10", "MQTT-3.2.2-11", "MQTT-3.2.2-12"})
  void eachListenerOfTheSettingsHasItsOwnRules() {
    var settings =
        Map.of(
            "allowAnonymous", "none",
            "listeners.plant.address", "127.0.0.1",
            "listeners.plant.allowAnonymous", "all",
            "listeners.plant.maxQos", "1",
            "listeners.web.transport", "websocket");
    try (var broker = TestServer.open(settings)) {
      assertThat(broker.server.listening())
          .extracting(Listening::name)
          .containsExactly("tcp", "websocket", "plant", "web");
      assertThatThrownBy(() -> MqttClient.connect(broker.to("a")))
          .hasMessageContaining("NOT_AUTHORIZED");
      int port = broker.server.listening().get(2).port();
      var will = new Publish(TopicName.of("w"), new byte[1], 2, false, false, 0, Properties.NONE);
      assertThatThrownBy(
              () ->
                  MqttClient.connect(
                      MqttClientOptions.to("127.0.0.1", port)
                          .version(ProtocolVersion.V5)
                          .will(will)))
          .hasMessageContaining("QOS_NOT_SUPPORTED");
      try (var client = MqttClient.connect(MqttClientOptions.to("127.0.0.1", port))) {
        client.subscribe("a", 2);
        client.publish("a", new byte[0], 1, false);
        assertThatThrownBy(() -> client.publish("a", new byte[0], 2, false))
            .isInstanceOf(MqttClientException.class);
      }
    }
  }

  @Test
  void aListenerTakesNoMoreConnectionsThanItsLimit() {
    var rules =
        new ListenerRules(
            AllowAnonymous.ALL, CertificateIdentity.NONE, 1, 2, Optional.empty(), Optional.empty());
    try (var broker = open(ListenerConfig.tcp("one", "test", "127.0.0.1", 0, rules))) {
      try (var first = MqttClient.connect(to(broker))) {
        assertThatThrownBy(() -> MqttClient.connect(to(broker))).isNotNull();
        assertThat(first.isConnected()).isTrue();
      }
      org.awaitility.Awaitility.await()
          .ignoreExceptions()
          .until(
              () -> {
                MqttClient.connect(to(broker)).close();
                return true;
              });
    }
  }

  @Test
  void aUnixSocketServesAndIsRemovedAtTheEnd() {
    var file = folder.resolve("broker.sock");
    try (var broker = open(ListenerConfig.unix("unix", "test", file.toString(), OPEN))) {
      var options = MqttClientOptions.to("unix", 0).unixSocket(file.toString());
      try (var client = MqttClient.connect(options)) {
        client.publish("a", new byte[0], 2, false);
      }
      assertThatThrownBy(
              () -> open(ListenerConfig.unix("more", "x.address", file.toString(), OPEN)))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("x.address=" + file + " is in use by another process");
      assertThat(broker.server.listening().getFirst().port()).isEqualTo(-1);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatIsNoSocketIsNotOverwritten() throws IOException {
    var file = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> open(ListenerConfig.unix("u", "x.address", file.toString(), OPEN)))
        .hasMessageContaining("is a file of another kind");
    assertThat(file).hasContent("mine");
  }

  @Test
  void ipv6IsAnAddressAsAnyOther() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(hasIpv6(), "no IPv6 on this machine");
    try (var broker = open(ListenerConfig.tcp("six", "test", "::1", 0, OPEN))) {
      int port = broker.server.listening().getFirst().port();
      MqttClient.connect(MqttClientOptions.to("::1", port)).close();
    }
  }

  @Test
  void anAddressThatIsNotOursIsNamed() {
    assertThatThrownBy(
            () -> open(ListenerConfig.tcp("x", "x.port", "no.such.host.invalid", 0, OPEN)))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("'no.such.host.invalid' is not known");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'PROXY TCP4 203.0.113.7 198.51.100.1 40000 1883' 0D0A",
        "0D0A0D0A000D0A515549540A 21 11 000C CB007107 C6336401 9C40 075B"
      })
  void theProxyNamesTheRealClient(String header) {
    var seen = new CompletableFuture<String>();
    Authenticator remember =
        (request, decision) -> {
          seen.complete(((InetSocketAddress) request.remoteAddress()).toString());
          decision.accept(new ConnectDecision.Anonymous());
        };
    var listener = ListenerConfig.tcp("p", "test", "127.0.0.1", 0, OPEN).withProxyProtocol();
    try (var broker = TestServer.open(List.of(listener), remember, Authorizer.ALL);
        var raw = RawClient.connect(broker.server.listening().getFirst().port())) {
      var bytes = RawClient.bytes(header + " " + CONNECT);
      for (var each : bytes) {
        raw.send(new byte[] {each}); // cut anywhere
      }
      raw.expect(ACCEPTED);
      assertThat(seen.join()).isEqualTo("/203.0.113.7:40000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'PROXY UNKNOWN' 0D0A", "0D0A0D0A000D0A515549540A 20 00 0000"})
  void aProxyMayKeepTheClientToItself(String header) {
    var listener = ListenerConfig.tcp("p", "test", "127.0.0.1", 0, OPEN).withProxyProtocol();
    try (var broker = open(listener);
        var raw = RawClient.connect(broker.server.listening().getFirst().port())) {
      raw.send(header + " " + CONNECT);
      raw.expect(ACCEPTED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONNECT,
        "'PROXY TCP4 somewhere 198.51.100.1 40000 1883' 0D0A",
        "'PROXY TCP4 203.0.113.7 198.51.100.1 99999 1883' 0D0A",
        "'PROXY nonsense' 0D0A",
        "0D0A0D0A000D0A515549540A 31 11 000C",
        "0D0A0D0A000D0A515549540A 21 11 0004 CB007107"
      })
  void withoutAGoodHeaderNobodyComesIn(String header) {
    var listener = ListenerConfig.tcp("p", "test", "127.0.0.1", 0, OPEN).withProxyProtocol();
    try (var broker = open(listener);
        var raw = RawClient.connect(broker.server.listening().getFirst().port())) {
      raw.send(header);
      raw.expectEnd();
    }
  }

  private static TestServer open(ListenerConfig listener) {
    return TestServer.open(List.of(listener), Authenticator.NONE, Authorizer.ALL);
  }

  private static MqttClientOptions to(TestServer broker) {
    return MqttClientOptions.to("127.0.0.1", broker.server.listening().getFirst().port());
  }

  private static boolean hasIpv6() throws IOException {
    return InetAddress.getByName("::1") instanceof Inet6Address six
        && java.net.NetworkInterface.getByInetAddress(six) != null;
  }
}
