package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of QoS 1 and 2 flows, with a client that no one here wrote.
class KillTest {
  private static final int MESSAGES = 300;
  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndQos2ComesOnce() throws Exception {
    var broker = KilledBroker.start(folder);
    try {
      subscribe(broker.port());
      var acknowledged = publishAcrossKills(broker);
      var got = drain(broker.port());
      assertThat(got).containsAll(acknowledged);
      var twice = got.stream().filter(p -> p.startsWith("2-") && Collections.frequency(got, p) > 1);
      assertThat(twice).as("QoS 2 messages that came more than once").isEmpty();
      assertThat(got.stream().filter(p -> p.startsWith("2-"))).hasSize(MESSAGES);
    } finally {
      broker.kill();
    }
  }

  @Test
  void aReaderThatStaysGetsEachQos2MessageOnceAcrossKills() throws Exception {
    var broker = KilledBroker.start(folder);
    var got = new CopyOnWriteArrayList<String>();
    try {
      subscribe(broker.port());
      var reader = client(broker.port(), "reader");
      reader.setCallback(listener(got));
      var options = options();
      options.setAutomaticReconnect(true);
      options.setMaxReconnectDelay(200);
      reader.connect(options).waitForCompletion();
      var acknowledged = publishAcrossKills(broker);
      await().atMost(Duration.ofSeconds(30)).until(() -> got.containsAll(acknowledged));
      var twice = got.stream().filter(p -> p.startsWith("2-") && Collections.frequency(got, p) > 1);
      assertThat(twice).as("QoS 2 messages that came more than once").isEmpty();
      await().until(reader::isConnected); // one that just connects cannot be closed
      reader.disconnectForcibly(100, 100);
      reader.close();
    } finally {
      broker.kill();
    }
  }

  private static void subscribe(int port) throws MqttException {
    var client = client(port, "reader");
    client.connect(options()).waitForCompletion();
    client.subscribe("k/#", 2).waitForCompletion();
    client.disconnect().waitForCompletion();
    client.close();
  }

  /// The client comes back by itself and sends again what was not acknowledged.
  private static Set<String> publishAcrossKills(KilledBroker broker) throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    var client = client(broker.port(), "writer");
    var options = options();
    options.setAutomaticReconnect(true);
    options.setMaxReconnectDelay(200);
    options.setMaxInflight(2 * MESSAGES);
    client.connect(options).waitForCompletion();
    for (int i = 0; i < MESSAGES; i++) {
      for (int qos = 1; qos <= 2; qos++) {
        send(client, qos, qos + "-" + i, acknowledged);
      }
      if (i % 100 == 70) {
        broker.killAndRestart();
        await().until(client::isConnected);
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() == 2 * MESSAGES);
    broker.killAndRestart();
    await().until(client::isConnected);
    client.disconnectForcibly(100, 100);
    client.close();
    return acknowledged;
  }

  private static void send(MqttAsyncClient client, int qos, String text, Set<String> acknowledged)
      throws MqttException {
    client.publish(
        "k/" + qos,
        text.getBytes(UTF_8),
        qos,
        false,
        null,
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            acknowledged.add(text);
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {}
        });
  }

  private static List<String> drain(int port) throws MqttException {
    var got = new CopyOnWriteArrayList<String>();
    var client = client(port, "reader");
    client.setCallback(listener(got));
    client.connect(options()).waitForCompletion();
    await().atMost(Duration.ofSeconds(30)).until(() -> Set.copyOf(got).size() == 2 * MESSAGES);
    client.disconnect().waitForCompletion();
    client.close();
    return got;
  }

  private static MqttAsyncClient client(int port, String id) throws MqttException {
    return new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
  }

  private static MqttConnectOptions options() {
    var options = new MqttConnectOptions();
    options.setCleanSession(false);
    return options;
  }

  private static MqttCallback listener(List<String> got) {
    return new MqttCallback() {
      @Override
      public void connectionLost(Throwable cause) {}

      @Override
      public void messageArrived(String topic, MqttMessage message) {
        got.add(message.toString());
      }

      @Override
      public void deliveryComplete(IMqttDeliveryToken token) {}
    };
  }
}
