package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.wire.mqtt.OtherClient.Open;
import io.millrace.wire.mqtt.OtherClient.Way;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// Eclipse Paho for Java, MQTT 3.1.1.
final class PahoV3Client implements OtherClient {
  @Override
  public void publish(Way way, String topic, String payload, int qos, boolean retain) {
    try {
      var client = client(way, MqttAsyncClient.generateClientId());
      client.connect(options(way, false)).waitForCompletion();
      client.publish(topic, payload.getBytes(UTF_8), qos, retain).waitForCompletion();
      close(client);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Open subscribe(
      Way way, String clientId, boolean keep, String filter, int qos, Consumer<String> taker) {
    try {
      var client = client(way, clientId);
      client.setCallback(new PahoV3Listener(taker));
      client.connect(options(way, keep)).waitForCompletion();
      client.subscribe(filter, qos).waitForCompletion();
      return () -> close(client);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Open withWill(Way way, String clientId, String topic, String payload) {
    try {
      var client = client(way, clientId);
      var options = options(way, false);
      options.setWill(topic, payload.getBytes(UTF_8), 1, false);
      client.connect(options).waitForCompletion();
      return () -> close(client);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MqttAsyncClient client(Way way, String id) throws MqttException {
    return new MqttAsyncClient(way.uri(), id, new MemoryPersistence());
  }

  private static MqttConnectOptions options(Way way, boolean keep) {
    var options = new MqttConnectOptions();
    options.setCleanSession(!keep);
    if (way.transport() == Way.Transport.TLS) {
      options.setSocketFactory(Trust.context(way.authority()).getSocketFactory());
    }
    return options;
  }

  private static void close(MqttAsyncClient client) {
    try {
      if (client.isConnected()) {
        client.disconnect().waitForCompletion();
      }
      client.close();
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }
}
