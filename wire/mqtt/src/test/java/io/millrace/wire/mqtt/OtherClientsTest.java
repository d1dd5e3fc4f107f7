package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that no one here wrote: publish, subscribe and retained at each QoS.
class OtherClientsTest {
  private final TestServer broker = TestServer.open();
  private final List<String> got = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void hiveMq5(int qos) {
    var client =
        Mqtt5Client.builder()
            .identifier("hive5")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    client.connect();
    var mqttQos = MqttQos.fromCode(qos);
    client
        .toAsync()
        .subscribeWith()
        .topicFilter("h/#")
        .qos(mqttQos)
        .callback(publish -> got.add(new String(publish.getPayloadAsBytes(), UTF_8)))
        .send()
        .join();
    for (int i = 0; i < 100; i++) {
      client.publishWith().topic("h/x").qos(mqttQos).payload(bytes("m" + i)).send();
    }
    await().until(() -> got.size() == 100);
    assertThat(got.getLast()).isEqualTo("m99");
    client.disconnect();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void hiveMq3(int qos) {
    var client =
        Mqtt3Client.builder()
            .identifier("hive3")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    client.connect();
    var mqttQos = MqttQos.fromCode(qos);
    client.publishWith().topic("h/r").retain(true).qos(mqttQos).payload(bytes("kept")).send();
    client
        .toAsync()
        .subscribeWith()
        .topicFilter("h/+")
        .qos(mqttQos)
        .callback(publish -> got.add(new String(publish.getPayloadAsBytes(), UTF_8)))
        .send()
        .join();
    await().until(() -> got.contains("kept"));
    client.disconnect();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void paho3(int qos) throws Exception {
    var uri = "tcp://127.0.0.1:" + broker.port();
    try (var client =
        new org.eclipse.paho.client.mqttv3.MqttClient(uri, "paho3", new MemoryPersistence())) {
      var options = new org.eclipse.paho.client.mqttv3.MqttConnectOptions();
      options.setMaxInflight(100);
      client.connect(options);
      client.subscribe("p/#", qos, (_, message) -> got.add(message.toString()));
      for (int i = 0; i < 50; i++) {
        client.publish("p/x", bytes("m" + i), qos, false);
      }
      await().until(() -> got.size() == 50);
      client.disconnect();
    }
    assertThat(got.getLast()).isEqualTo("m49");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void paho5(int qos) throws Exception {
    var uri = "tcp://127.0.0.1:" + broker.port();
    var client =
        new org.eclipse.paho.mqttv5.client.MqttClient(
            uri, "paho5", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
    client.setCallback(new PahoListener(got));
    client.connect();
    client.subscribe("p/#", qos);
    for (int i = 0; i < 50; i++) {
      client.publish("p/x", bytes("m" + i), qos, false);
    }
    await().until(() -> got.size() == 50);
    client.disconnect();
    client.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
