package io.millrace.wire.mosquitto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.wire.mqtt.Authenticators;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Scram;
import io.millrace.wire.mqtt.Tap;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens and password files at the door of a real broker.
class DoorsIT {
  private static final String SECRET = "a secret of thirty-two bytes or more";
  private static final String FIRST = "n=ann,r=fyko+d2lbbFgONRv9qkxdawL";
  @TempDir Path folder;
  private final Counters counters = new Counters();
  private final SystemScheduler scheduler = new SystemScheduler();
  private final AtomicLong aheadMs = new AtomicLong();
  private final Clock clock =
      new Clock() {
        @Override
        public long millis() {
          return Clock.SYSTEM.millis() + aheadMs.get();
        }

        @Override
        public long nanos() {
          return Clock.SYSTEM.nanos();
        }
      };
  private final Doors doors = new Doors(clock, scheduler);
  private MqttServer server;

  @AfterEach
  void close() {
    server.close();
    doors.close();
    scheduler.close();
  }

  @Test
  void aConnectionEndsWithItsToken() throws Exception {
    open(Map.of("jwt.secret", SECRET));
    var expires = Date.from(clock.instant().plusSeconds(3600));
    var claims = new JWTClaimsSet.Builder().subject("ann").expirationTime(expires).build();
    var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).build(), claims);
    token.sign(new MACSigner(SECRET));
    try (var client =
        MqttClient.connect(
            MqttClientOptions.to("127.0.0.1", port())
                .clientId("c")
                .userName("ann")
                .password(token.serialize().getBytes(UTF_8)))) {
      client.publish("still/valid", new byte[1], 1, false);
      aheadMs.set(3_500_000);
      client.publish("still/valid", new byte[1], 1, false);
      aheadMs.set(3_640_000); // past the end and mqtt.jwt.leeway
      await().atMost(Duration.ofSeconds(30)).until(() -> !client.isConnected());
    }
  }

  @Test
  void usersOfAPasswordFileProveThemselvesByScram() throws Exception {
    var file = folder.resolve("passwd");
    var editor = new PasswordFileEditor(file);
    editor.create();
    editor.put("ann", new PasswordHashes("scram-sha-256", 4096, new SecureRandom()).of("apple"));
    open(Map.of("passwordFile", file.toString()));
    assertThat(scram("apple")).isEqualTo(0x00);
    assertThat(scram("pear")).isNotEqualTo(0x00);
  }

  /// The exchange of RFC 5802 by hand: CONNECT, AUTH, AUTH, CONNACK.
  ///
  /// @return the reason code of CONNACK
  private int scram(String password) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      var in = new DataInputStream(socket.getInputStream());
      var connect = ByteBuffer.allocate(256);
      connect.putShort((short) 4).put("MQTT".getBytes(UTF_8)).put((byte) 5).put((byte) 2);
      connect.putShort((short) 60);
      properties(connect, "n,," + FIRST);
      connect.putShort((short) 1).put((byte) 'c');
      send(socket, 0x10, connect);
      var challenge = data(packet(in, 0xF0));
      var proof = proof(password, challenge);
      var auth = ByteBuffer.allocate(256).put((byte) 0x18);
      properties(auth, proof);
      send(socket, 0xF0, auth);
      return packet(in, 0x20)[1] & 0xff;
    }
  }

  private static String proof(String password, String challenge) throws Exception {
    var parts = new HashMap<String, String>();
    for (var part : challenge.split(",", -1)) {
      parts.put(part.substring(0, 1), part.substring(2));
    }
    var salt = Base64.getDecoder().decode(parts.get("s"));
    int rounds = Integer.parseInt(parts.get("i"));
    var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
    var salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    var last = "c=biws,r=" + parts.get("r");
    var key = hmac(salted, "Client Key");
    var stored = java.security.MessageDigest.getInstance("SHA-256").digest(key);
    var signature = hmac(stored, FIRST + "," + challenge + "," + last);
    for (int i = 0; i < key.length; i++) {
      key[i] ^= signature[i];
    }
    return last + ",p=" + Base64.getEncoder().encodeToString(key);
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  /// Method and data, the two properties of enhanced authentication.
  private static void properties(ByteBuffer out, String data) {
    out.put((byte) (3 + 13 + 3 + data.length()));
    out.put((byte) 0x15).putShort((short) 13).put("SCRAM-SHA-256".getBytes(UTF_8));
    out.put((byte) 0x16).putShort((short) data.length()).put(data.getBytes(UTF_8));
  }

  private static void send(Socket socket, int type, ByteBuffer body) throws IOException {
    var bytes = new byte[body.flip().remaining()];
    body.get(bytes);
    assertThat(bytes.length).isLessThan(128);
    var out = socket.getOutputStream();
    out.write(new byte[] {(byte) type, (byte) bytes.length});
    out.write(bytes);
  }

  private static byte[] packet(DataInputStream in, int type) throws IOException {
    assertThat(in.readUnsignedByte()).isEqualTo(type);
    return in.readNBytes(in.readUnsignedByte());
  }

  /// The authentication data of AUTH: what follows `0x16` and a length.
  private static String data(byte[] auth) {
    var text = new String(auth, UTF_8);
    int at = text.indexOf((char) 0x16);
    return text.substring(at + 3);
  }

  private void open(Map<String, String> settings) {
    var named = new HashMap<String, String>();
    named.put("mqtt.port", "0");
    named.put("mqtt.websocket.port", "-1");
    named.put("mqtt.allowAnonymous", "none");
    settings.forEach((name, value) -> named.put("mqtt." + name, value));
    var bound = Settings.of().add(named, "test");
    var config = bound.bind("mqtt", Config.class);
    var mqtt = bound.bind("mqtt", MqttConfig.class);
    server =
        MqttServer.open(
            mqtt,
            ListenerConfig.of(mqtt, "127.0.0.1"),
            Authenticators.inTurn(doors.authenticators(config))
                .with(new Scram(doors.scramUsers(), new SecureRandom())),
            doors.authorizer(config),
            Tap.NONE,
            clock,
            scheduler,
            new Ids(Clock.SYSTEM, new Random(1)),
            counters,
            BrokerStores.NONE);
  }

  private int port() {
    return server.ports().getFirst();
  }
}
