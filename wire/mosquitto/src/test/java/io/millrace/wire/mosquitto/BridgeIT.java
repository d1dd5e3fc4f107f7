package io.millrace.wire.mosquitto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testkit.TestCertificates;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bridges between us and Debian's mosquitto: both ways, cut and restored.
class BridgeIT {
  @TempDir Path folder;
  private final int theirPort = ConfBroker.freePort();
  private final int ourPort = ConfBroker.freePort();
  private Process theirs;

  @AfterEach
  void close() {
    stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv50"})
  void messagesGoBothWaysWithPrefixesAndWithoutEcho(String version) {
    start();
    try (var ours =
            ConfBroker.open(
                folder,
                bridge(
                    "topic sensors/# both 1 local/ remote/\nbridge_protocol_version " + version));
        var here = client(ourPort, "here");
        var there = client(theirPort, "there")) {
      var hereGot = listen(here, "#");
      var thereGot = listen(there, "#");
      awaitUp(ours);
      here.publish("local/sensors/a", bytes("out"), 1, false);
      there.publish("remote/sensors/b", bytes("in"), 1, false);
      await().until(() -> thereGot.contains("remote/sensors/a=out"));
      await().until(() -> hereGot.contains("local/sensors/b=in"));
      here.publish("local/sensors/end", bytes("end"), 1, false);
      await().until(() -> thereGot.contains("remote/sensors/end=end"));
      assertThat(hereGot)
          .containsExactlyInAnyOrder(
              "local/sensors/a=out", "local/sensors/b=in", "local/sensors/end=end");
      assertThat(thereGot)
          .containsExactlyInAnyOrder(
              "remote/sensors/a=out", "remote/sensors/b=in", "remote/sensors/end=end");
    }
  }

  @Test
  void whatIsTooLargeForTheLinkIsDroppedHereAndTheRestGoesOn() {
    start();
    var lines =
        "topic # out 1\nbridge_protocol_version mqttv50\nbridge_max_packet_size 200\n"
            + "bridge_receive_maximum 5";
    try (var ours = ConfBroker.open(folder, bridge(lines));
        var here = client(ourPort, "here");
        var there = client(theirPort, "there")) {
      var thereGot = listen(there, "#");
      awaitUp(ours);
      here.publish("large", new byte[300], 1, false);
      here.publish("small", bytes("small"), 1, false);
      await().until(() -> !thereGot.isEmpty());
      assertThat(thereGot).containsExactly("small=small");
    }
  }

  @Test
  void everythingComesThroughASmallReceiveMaximum() {
    start();
    var lines = "topic # in 1\nbridge_protocol_version mqttv50\nbridge_receive_maximum 2";
    try (var ours = ConfBroker.open(folder, bridge(lines));
        var here = client(ourPort, "here");
        var there = client(theirPort, "there")) {
      var hereGot = listen(here, "#");
      awaitUp(ours);
      IntStream.range(0, 100).forEach(i -> there.publish("n", bytes("" + i), 1, false));
      await().until(() -> hereGot.size() == 100);
      assertThat(hereGot).doesNotHaveDuplicates();
    }
  }

  /// One line of a mosquitto.conf, or of millrace.conf; the other broker asks for a certificate.
  @ParameterizedTest
  @ValueSource(strings = {"mosquitto.conf", "millrace.conf"})
  void aBridgeGoesOverMutualTls(String from) {
    var made = TestCertificates.in(folder).issue("server", "localhost").issue("link", "link");
    theirs =
        ConfBroker.mosquitto(
            ConfBroker.write(
                folder.resolve("theirs.conf"),
                """
                user root
                listener %d 127.0.0.1
                allow_anonymous true
                cafile DIR/ca.pem
                certfile DIR/server.pem
                keyfile DIR/server.key
                require_certificate true
                """
                    .formatted(theirPort)
                    .replace("DIR", folder.toString())),
            theirPort);
    var listener = "listener %d 127.0.0.1\nallow_anonymous true\n".formatted(ourPort);
    var lines =
        """
        connection link
        address localhost:%d
        topic out/# out 1
        restart_timeout 1
        bridge_cafile DIR/ca.pem
        bridge_certfile DIR/link.pem
        bridge_keyfile DIR/link.key
        """
            .formatted(theirPort)
            .replace("DIR", folder.toString());
    var settings =
        Map.of(
            "mqtt.bridges.link.addresses",
            "localhost:" + theirPort,
            "mqtt.bridges.link.topics",
            "out/# out 1",
            "mqtt.bridges.link.restartBase",
            "1s",
            "mqtt.bridges.link.tls",
            "true",
            "mqtt.bridges.link.authorities",
            made.authority().toString(),
            "mqtt.bridges.link.certificate",
            made.certificate("link").toString(),
            "mqtt.bridges.link.key",
            made.key("link").toString());
    try (var ours =
            from.equals("mosquitto.conf")
                ? ConfBroker.open(folder, listener + lines)
                : ConfBroker.open(folder, listener, settings);
        var here = client(ourPort, "here")) {
      awaitUp(ours);
      here.publish("out/a", bytes("sealed"), 1, false);
      awaitCarried(ours, 1);
      assertThat(
              SameConfIT.run(
                  List.of("mosquitto_pub", "-h", "127.0.0.1", "-p", "" + theirPort, "-t", "a")))
          .isNotEqualTo("0 "); // nobody gets in there without TLS
    }
  }

  @Test
  void itTellsBothSidesWhetherItIsUp() {
    start();
    var topic = "$SYS/broker/connection/plant/state";
    try (var ours = ConfBroker.open(folder, bridge("topic x/# out 1\nremote_clientid plant"));
        var here = client(ourPort, "here");
        var there = client(theirPort, "there")) {
      awaitUp(ours);
      var hereGot = listen(here, topic);
      var thereGot = listen(there, topic);
      await().until(() -> hereGot.contains(topic + "=1") && thereGot.contains(topic + "=1"));
      stop();
      await().until(() -> hereGot.contains(topic + "=0"));
    }
  }

  /// QoS 1 both ways while the other broker goes away and comes back: all arrive, in order.
  @Test
  void aCutLinkLosesNothingOfQos1() {
    start();
    try (var ours =
            ConfBroker.open(
                folder, bridge("topic out/# out 1\ntopic in/# in 1\ncleansession false"));
        var here = client(ourPort, "here")) {
      awaitUp(ours);
      here.publish("out/1", bytes("1"), 1, false);
      awaitCarried(ours, 1);
      stop();
      await().until(() -> ours.counts().get("bridge.link.connected") == 0);
      for (int i = 2; i <= 500; i++) {
        here.publish("out/1", bytes("" + i), 1, false);
      }
      start();
      try (var there = client(theirPort, "there")) {
        var got = listen(there, "out/#");
        var hereGot = listen(here, "in/#");
        await().atMost(Duration.ofSeconds(30)).until(() -> got.size() >= 499);
        assertThat(got.stream().distinct())
            .containsExactlyElementsOf(
                IntStream.rangeClosed(2, 500).mapToObj(i -> "out/1=" + i).toList());
        there.publish("in/1", bytes("back"), 1, false);
        await().until(() -> hereGot.contains("in/1=back"));
      }
    }
  }

  @Test
  void mosquittosOwnBridgeToUsKnowsItsEcho() {
    var conf =
        """
        listener %d 127.0.0.1
        allow_anonymous true
        connection up
        address 127.0.0.1:%d
        topic shared/# both 1
        restart_timeout 1
        """;
    try (var _ =
        ConfBroker.open(
            folder, "listener %d 127.0.0.1\nallow_anonymous true\n".formatted(ourPort))) {
      theirs =
          ConfBroker.mosquitto(
              ConfBroker.write(folder.resolve("up.conf"), conf.formatted(theirPort, ourPort)),
              theirPort);
      try (var here = client(ourPort, "here");
          var there = client(theirPort, "there")) {
        var states = listen(here, "$SYS/broker/connection/+/state");
        await().until(() -> states.stream().anyMatch(state -> state.endsWith("=1")));
        var hereGot = listen(here, "shared/#");
        var thereGot = listen(there, "shared/#");
        there.publish("shared/a", bytes("x"), 1, false);
        here.publish("shared/b", bytes("y"), 1, false);
        await().until(() -> hereGot.contains("shared/a=x") && thereGot.contains("shared/b=y"));
        there.publish("shared/end", bytes("z"), 1, false);
        await().until(() -> hereGot.contains("shared/end=z"));
        assertThat(hereGot).hasSize(3);
        assertThat(thereGot).hasSize(3);
      }
    }
  }

  @Test
  void waitsGrowWithChanceInThemUpToTheCap() {
    var backOff = new BackOff(Duration.ofSeconds(5), Duration.ofSeconds(30), new Random(7));
    for (int i = 0; i < 50; i++) {
      assertThat(backOff.next()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }
    var constant = new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(2), new Random(7));
    assertThat(constant.next()).isEqualTo(Duration.ofSeconds(2));
  }

  private String bridge(String lines) {
    return """
    listener %d 127.0.0.1
    allow_anonymous true
    connection link
    address 127.0.0.1:%d
    restart_timeout 1
    %s
    """
        .formatted(ourPort, theirPort, lines);
  }

  private void start() {
    var text =
        "listener %d 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n".formatted(theirPort);
    theirs = ConfBroker.mosquitto(ConfBroker.write(folder.resolve("theirs.conf"), text), theirPort);
  }

  private void stop() {
    if (theirs != null) {
      theirs.destroyForcibly();
      theirs.onExit().join();
    }
  }

  private static void awaitUp(ConfBroker ours) {
    await().until(() -> ours.counts().get("bridge.link.connected") == 1);
  }

  private static void awaitCarried(ConfBroker ours, long count) {
    await().until(() -> ours.counts().get("bridge.link.messages_out") >= count);
  }

  private static MqttClient client(int port, String id) {
    return MqttClient.connect(MqttClientOptions.to("127.0.0.1", port).clientId(id));
  }

  private static List<String> listen(MqttClient client, String filter) {
    var got = new CopyOnWriteArrayList<String>();
    client.onMessage(publish -> got.add(publish.topicText() + "=" + publish.payloadText()));
    client.subscribe(filter, 1);
    return got;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
