package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plain publish and subscribe between clients, on real sockets.
class BrokerTest {
  private final TestServer broker = TestServer.open();

  @AfterEach
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({
    "V3_1, 0",
    "V3_1, 1",
    "V3_1_1, 0",
    "V3_1_1, 1",
    "V3_1_1, 2",
    "V5, 0",
    "V5, 1",
    "V5, 2"
  })
  void messagesArriveOnceAndInOrder(ProtocolVersion version, int qos) {
    var got = new CopyOnWriteArrayList<Publish>();
    try (var subscriber = MqttClient.connect(broker.to("s").version(version), got::add);
        var publisher = MqttClient.connect(broker.to("p").version(version))) {
      assertThat(subscriber.subscribe("a/+/c", qos)).isEqualTo(qos);
      for (int i = 0; i < 1000; i++) {
        publisher.send("a/b/c", Integer.toString(i).getBytes(UTF_8), qos, false);
      }
      await().until(() -> got.size() >= 1000);
      assertThat(got.stream().map(Publish::payloadText))
          .containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
      assertThat(got).allMatch(publish -> publish.qos() == qos);
    }
  }

  @Test
  @Clause("MQTT-4.2-1")
  void manyClientsOnBothLoopsHearEachOther() {
    var clients =
        IntStream.range(0, 20).mapToObj(i -> MqttClient.connect(broker.to("client-" + i))).toList();
    var got = List.<List<String>>of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    clients.get(0).onMessage(publish -> got.get(0).add(publish.payloadText()));
    clients.get(1).onMessage(publish -> got.get(1).add(publish.payloadText()));
    clients.get(0).subscribe("#", 1);
    clients.get(1).subscribe("room/#", 1);
    for (var client : clients) {
      client.publish("room/x", client.clientId().getBytes(UTF_8), 1, false);
    }
    await().until(() -> got.get(0).size() == 20 && got.get(1).size() == 20);
    assertThat(got.get(0)).containsExactlyInAnyOrderElementsOf(got.get(1));
    clients.forEach(MqttClient::close);
  }
}
