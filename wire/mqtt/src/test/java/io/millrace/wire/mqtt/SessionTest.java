package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions that outlive connections, and connections that take sessions over.
class SessionTest {
  private final TestServer broker = TestServer.open(Map.of("maxQueued", "50"));

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void aKeptSessionGetsWhatCameMeanwhile() {
    var options = broker.to("keeper").session(false, 100).version(ProtocolVersion.V5);
    try (var first = MqttClient.connect(options)) {
      assertThat(first.sessionPresent()).isFalse();
      first.subscribe("news", 1);
    }
    try (var publisher = MqttClient.connect(broker.to("p"))) {
      publish(publisher, 1, 20);
    }
    var got = new CopyOnWriteArrayList<Publish>();
    try (var again = MqttClient.connect(options, got::add)) {
      assertThat(again.sessionPresent()).isTrue();
      await().until(() -> got.size() == 20);
      assertThat(got.stream().map(Publish::payloadText)).isEqualTo(numbers(20));
    }
  }

  @Test
  void aCleanStartForgets() {
    var options = broker.to("keeper").session(false, 0);
    try (var first = MqttClient.connect(options)) {
      first.subscribe("news", 1);
    }
    try (var clean = MqttClient.connect(broker.to("keeper"))) {
      assertThat(clean.sessionPresent()).isFalse();
    }
    try (var again = MqttClient.connect(options)) {
      assertThat(again.sessionPresent()).isFalse();
    }
  }

  @Test
  void aFullQueueDropsTheNewestAndCounts() {
    var options = broker.to("sleeper").session(false, 0);
    try (var first = MqttClient.connect(options)) {
      first.subscribe("news", 1);
    }
    try (var publisher = MqttClient.connect(broker.to("p"))) {
      publish(publisher, 1, 60);
    }
    var got = new CopyOnWriteArrayList<Publish>();
    try (var _ = MqttClient.connect(options, got::add)) {
      await().until(() -> got.size() == 50);
      assertThat(got.stream().map(Publish::payloadText)).isEqualTo(numbers(50));
      assertThat(broker.count("mqtt.dropped_queue_full")).isEqualTo(10);
      assertThat(broker.server.view().session("sleeper").orElseThrow().dropped()).isEqualTo(10);
    }
  }

  @Test
  void unacknowledgedMessagesComeAgainAsDuplicates() {
    var options = broker.to("forgetful").session(false, 0);
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r21 s4 'MQTT' 04 00 k0 s9 'forgetful'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      try (var publisher = MqttClient.connect(broker.to("p"))) {
        publisher.publish("news", "a".getBytes(UTF_8), 2, false);
      }
      raw.expect("34 r9 s4 'news' m1 'a'");
    }
    var got = new CopyOnWriteArrayList<Publish>();
    try (var again = MqttClient.connect(options, got::add)) {
      assertThat(again.sessionPresent()).isTrue();
      await().until(() -> got.size() == 1);
      assertThat(got.getFirst().duplicate()).isTrue();
    }
  }

  @Test
  void theNewerConnectionTakesTheSessionOver() {
    var closed = new CopyOnWriteArrayList<String>();
    var options = broker.to("twin").version(ProtocolVersion.V5);
    try (var first = MqttClient.connect(options)) {
      first.onClosed(closed::add);
      try (var second = MqttClient.connect(options)) {
        await().until(() -> closed.size() == 1);
        assertThat(closed).allMatch(why -> why.contains("SESSION_TAKEN_OVER"));
        second.publish("x", new byte[0], 1, false);
      }
    }
  }

  @Test
  void aStormOfTakeOversEndsWithOneConnection() {
    var options = broker.to("storm").session(false, 0);
    var clients =
        IntStream.range(0, 40).parallel().mapToObj(_ -> MqttClient.connect(options)).toList();
    await().until(() -> clients.stream().filter(MqttClient::isConnected).count() == 1);
    await().until(() -> broker.count("mqtt.connections") == 1);
    clients.forEach(MqttClient::close);
  }

  @Test
  @Clause({"MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16"})
  void aServerAssignedIdentifierIsTold() {
    try (var client = MqttClient.connect(broker.to("").version(ProtocolVersion.V5))) {
      assertThat(client.clientId()).startsWith("mr-");
    }
  }

  private static void publish(MqttClient publisher, int qos, int count) {
    for (int i = 0; i < count; i++) {
      publisher.publish("news", Integer.toString(i).getBytes(UTF_8), qos, false);
    }
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
