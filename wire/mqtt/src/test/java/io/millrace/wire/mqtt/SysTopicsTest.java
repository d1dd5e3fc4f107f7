package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testkit.SimulatedTime;
import io.millrace.wire.mqtt.codec.Publish;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `$SYS`: what Mosquitto's users read.
class SysTopicsTest {
  @Test
  void everyTopicOfDebiansMosquittoIsThere(@TempDir Path directory) throws Exception {
    Map<String, String> theirs;
    Map<String, String> ours;
    try (var mosquitto = new DebianMosquitto(directory)) {
      theirs = read(mosquitto.port());
    }
    try (var broker = TestServer.open()) {
      broker.server.tellSys("Millrace test", new SimulatedTime());
      ours = read(broker.port());
    }
    assertThat(theirs).hasSizeGreaterThan(40);
    assertThat(ours.keySet()).containsAll(theirs.keySet());
    assertThat(ours).containsEntry("$SYS/broker/version", "Millrace test");
    theirs.forEach(
        (topic, value) -> assertThat(shape(ours.get(topic))).as(topic).isEqualTo(shape(value)));
  }

  @Test
  void figuresFollowWhatHappens() {
    try (var broker = TestServer.open();
        var client = MqttClient.connect(broker.to("c"))) {
      var time = new SimulatedTime();
      client.subscribe("$share/g/x", 1);
      client.publish("kept", new byte[10], 1, true);
      broker.server.tellSys("v", time);
      Map<String, String> seen = new ConcurrentSkipListMap<>();
      client.onMessage(publish -> seen.put(publish.topicText(), publish.payloadText()));
      client.subscribe("$SYS/broker/#", 0);
      await().until(() -> "1".equals(seen.get("$SYS/broker/clients/connected")));
      assertThat(seen).containsEntry("$SYS/broker/shared_subscriptions/count", "1");
      client.publish("kept", new byte[10], 1, true);
      await()
          .untilAsserted(
              () -> {
                time.advance(Duration.ofSeconds(10));
                assertThat(seen).containsEntry("$SYS/broker/publish/bytes/received", "20");
                assertThat(Double.parseDouble(seen.get("$SYS/broker/load/publish/received/1min")))
                    .isPositive();
              });
    }
  }

  @Test
  void wildcardsAtTheRootDoNotSeeThem() {
    try (var broker = TestServer.open();
        var client = MqttClient.connect(broker.to("c"))) {
      List<Publish> got = new CopyOnWriteArrayList<>();
      client.onMessage(got::add);
      client.subscribe("#", 0);
      client.subscribe("+/broker/version", 0);
      broker.server.tellSys("v", new SimulatedTime());
      await().until(() -> !broker.server.view().retained("$SYS/#", all()).rows().isEmpty());
      client.publish("end", new byte[1], 1, false);
      await().until(() -> !got.isEmpty());
      assertThat(got).extracting(Publish::topicText).containsExactly("end");
    }
  }

  @Test
  void clientsCannotWriteThemAndTheyAreNotKeptOnDisk() {
    var saved = new CopyOnWriteArrayList<String>();
    var store = new RecordingRetainedStore(saved);
    try (var broker = TestServer.open(Map.of(), new BrokerStores(store, SessionStore.NONE));
        var client = MqttClient.connect(broker.to("c"))) {
      broker.server.tellSys("v", new SimulatedTime());
      client.publish("$SYS/broker/version", "mine".getBytes(UTF_8), 1, true);
      client.publish("real", new byte[1], 1, true);
      await().until(() -> !saved.isEmpty());
      assertThat(saved).containsExactly("real");
      assertThat(broker.count("mqtt.publishes_not_authorized")).isEqualTo(1);
    }
  }

  private static BrokerView.Query all() {
    return BrokerView.Query.ALL;
  }

  private static Map<String, String> read(int port) {
    Map<String, String> seen = new ConcurrentSkipListMap<>();
    var options = MqttClientOptions.to("127.0.0.1", port).clientId("reader");
    try (var client = MqttClient.connect(options, p -> seen.put(p.topicText(), p.payloadText()))) {
      client.subscribe("$SYS/#", 0);
      await().until(() -> seen.containsKey("$SYS/broker/load/connections/15min"));
    }
    return new TreeMap<>(seen);
  }

  /// `12 seconds` and `3 seconds` look alike; so do `0.00` and `1.25`.
  private static String shape(String value) {
    return value.startsWith("mosquitto") || value.startsWith("Millrace")
        ? "text"
        : value.replaceAll("\\d+", "9");
  }

  /// Debian's broker on a free port.
  private static final class DebianMosquitto implements AutoCloseable {
    private final int port;
    private final Process process;

    DebianMosquitto(Path directory) throws Exception {
      try (var free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      var settings = directory.resolve("mosquitto.conf");
      Files.writeString(
          settings,
          "listener %d 127.0.0.1\nallow_anonymous true\nsys_interval 1\nlog_type none\n"
              .formatted(port));
      process =
          new ProcessBuilder("/usr/sbin/mosquitto", "-c", settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      await().ignoreExceptions().untilAsserted(() -> MqttClient.connect(to()).close());
    }

    private MqttClientOptions to() {
      return MqttClientOptions.to("127.0.0.1", port).clientId("probe");
    }

    int port() {
      return port;
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor();
    }
  }
}
