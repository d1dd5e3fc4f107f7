package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConfig;
import com.hivemq.client.mqtt.mqtt5.auth.Mqtt5EnhancedAuthMechanism;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5Auth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5AuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5EnhancedAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// AUTH packets and SCRAM-SHA-256, with a client that no one here wrote and a mechanism in it.
class EnhancedAuthenticationTest {
  private static final byte[] SALT = "a salt of 16 byt".getBytes(UTF_8);
  private final TestServer broker =
      TestServer.open(
          Map.of("allowAnonymous", "none"),
          Authenticator.NONE.with(new Scram(EnhancedAuthenticationTest::find, new SecureRandom())),
          Authorizer.ALL,
          Tap.NONE);

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  @Clause({"MQTT-4.12.0-2", "MQTT-4.12.0-5", "MQTT-4.12.1-1"})
  void aUserProvesItselfAndTheServerItsKnowledge() {
    var mechanism = new ScramClient("anna, = yes", "secret");
    var client = client(mechanism);
    client.toBlocking().connect();
    assertThat(mechanism.serverIsProven).isTrue();
    mechanism.serverIsProven = false;
    client.toBlocking().reauth();
    assertThat(mechanism.serverIsProven).isTrue();
    client.toBlocking().disconnect();
  }

  @Test
  @Clause("MQTT-4.12.0-4")
  void aWrongPasswordAndAnUnknownNameAreRefusedAlike() {
    assertThatThrownBy(() -> client(new ScramClient("anna, = yes", "guess")).toBlocking().connect())
        .isInstanceOf(Mqtt5ConnAckException.class)
        .hasMessageContaining("NOT_AUTHORIZED");
    assertThatThrownBy(() -> client(new ScramClient("nobody", "secret")).toBlocking().connect())
        .isInstanceOf(Mqtt5ConnAckException.class)
        .hasMessageContaining("NOT_AUTHORIZED");
  }

  @Test
  @Clause("MQTT-4.12.1-2")
  void aFailedReauthenticationCloses() {
    var mechanism = new ScramClient("anna, = yes", "secret");
    var client = client(mechanism);
    client.toBlocking().connect();
    mechanism.password = "forgotten";
    assertThatThrownBy(() -> client.toBlocking().reauth()).isNotNull();
    org.awaitility.Awaitility.await().until(() -> broker.count("mqtt.connections") == 0);
  }

  @Test
  @Clause("MQTT-4.12.0-1")
  void anUnknownMethodIsRefused() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r18 s4 'MQTT' 05 02 k60 04 15 s1 'X' s1 'c'");
      raw.expect("20 r3 00 8C 00");
      raw.expectEnd();
    }
  }

  @Test
  @Clause({"MQTT-3.1.2-30", "MQTT-4.12.0-3"})
  void nothingButAuthMayComeBeforeConnack() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send(
          "10 r46 s4 'MQTT' 05 02 k60 20 15 s13 'SCRAM-SHA-256' 16 s13 'n,,n=nobo,r=x' s1 'c'");
      raw.send("C0 00");
      raw.expect("F0");
      raw.expectEnd("20 r3 00 82 00");
    }
  }

  @Test
  @Clause({"MQTT-4.12.0-6", "MQTT-4.12.0-7"})
  void authWithoutAMethodAtConnectIsAnError() {
    try (var open = TestServer.open();
        var raw = RawClient.connect(open.port())) {
      raw.send("10 r14 s4 'MQTT' 05 02 k60 00 s1 'x'");
      raw.expect("20 r14 00000B 22 H10 27 L2000000 21 H20");
      raw.send("F0 r6 19 04 15 s1 'X'");
      raw.expect("E0 r1 82");
      raw.expectEnd();
    }
  }

  private Mqtt5Client client(Mqtt5EnhancedAuthMechanism mechanism) {
    return Mqtt5Client.builder()
        .identifier("scram")
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .enhancedAuth(mechanism)
        .build();
  }

  private static void find(
      String name,
      ConnectRequest request,
      java.util.function.Consumer<Optional<ScramUsers.User>> user) {
    user.accept(
        name.equals("anna, = yes")
            ? Optional.of(ScramUsers.User.of(() -> name, "secret".toCharArray(), SALT, 4096))
            : Optional.empty());
  }

  /// The client's side of RFC 5802.
  private static final class ScramClient implements Mqtt5EnhancedAuthMechanism {
    private final String name;
    private volatile String password;
    private volatile boolean serverIsProven;
    private String clientFirst = "";
    private String expected = "";

    ScramClient(String name, String password) {
      this.name = name.replace("=", "=3D").replace(",", "=2C");
      this.password = password;
    }

    @Override
    public MqttUtf8String getMethod() {
      return MqttUtf8String.of(Scram.METHOD);
    }

    @Override
    public int getTimeout() {
      return 10;
    }

    private byte[] first() {
      clientFirst = "n=%s,r=%x".formatted(name, new Random(7).nextLong());
      return ("n,," + clientFirst).getBytes(UTF_8);
    }

    private byte[] answer(String serverFirst) {
      var fields = serverFirst.split(",", -1);
      var salt = java.util.Base64.getDecoder().decode(fields[1].substring(2));
      int iterations = Integer.parseInt(fields[2].substring(2));
      var clientFinal = "c=biws," + fields[0];
      var signed = clientFirst + "," + serverFirst + "," + clientFinal;
      var salted = salted(salt, iterations);
      var clientKey = Scram.hmac(salted, "Client Key");
      var signature = Scram.hmac(Scram.hash(clientKey), signed);
      for (int i = 0; i < clientKey.length; i++) {
        clientKey[i] ^= signature[i];
      }
      expected = "v=" + base64(Scram.hmac(Scram.hmac(salted, "Server Key"), signed));
      return (clientFinal + ",p=" + base64(clientKey)).getBytes(UTF_8);
    }

    /// Hi() of RFC 5802, step by step.
    private byte[] salted(byte[] salt, int iterations) {
      var mac = ScramUsers.mac(password.getBytes(UTF_8));
      mac.update(salt);
      var u = mac.doFinal(new byte[] {0, 0, 0, 1});
      var result = u.clone();
      for (int i = 1; i < iterations; i++) {
        u = mac.doFinal(u);
        for (int j = 0; j < u.length; j++) {
          result[j] ^= u[j];
        }
      }
      return result;
    }

    private static String base64(byte[] bytes) {
      return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    private static String text(Optional<ByteBuffer> data) {
      return UTF_8.decode(data.orElseThrow()).toString();
    }

    @Override
    public CompletableFuture<Void> onAuth(
        Mqtt5ClientConfig config, Mqtt5Connect connect, Mqtt5EnhancedAuthBuilder builder) {
      builder.data(first());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> onReAuth(Mqtt5ClientConfig config, Mqtt5AuthBuilder builder) {
      builder.data(first());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> onContinue(
        Mqtt5ClientConfig config, Mqtt5Auth auth, Mqtt5AuthBuilder builder) {
      builder.data(answer(text(auth.getData())));
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> onAuthSuccess(
        Mqtt5ClientConfig config, Mqtt5ConnAck connAck) {
      serverIsProven = text(connAck.getEnhancedAuth().orElseThrow().getData()).equals(expected);
      return CompletableFuture.completedFuture(serverIsProven);
    }

    @Override
    public CompletableFuture<Boolean> onReAuthSuccess(Mqtt5ClientConfig config, Mqtt5Auth auth) {
      serverIsProven = text(auth.getData()).equals(expected);
      return CompletableFuture.completedFuture(serverIsProven);
    }

    @Override
    public void onAuthRejected(Mqtt5ClientConfig config, Mqtt5ConnAck connAck) {}

    @Override
    public void onReAuthRejected(Mqtt5ClientConfig config, Mqtt5Disconnect disconnect) {}

    @Override
    public void onAuthError(Mqtt5ClientConfig config, Throwable cause) {}

    @Override
    public void onReAuthError(Mqtt5ClientConfig config, Throwable cause) {}
  }
}
