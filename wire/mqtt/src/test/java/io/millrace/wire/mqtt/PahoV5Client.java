package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// Eclipse Paho for Java, MQTT 5.0.
final class PahoV5Client implements OtherClient {
  @Override
  public void publish(Way way, String topic, String payload, int qos, boolean retain) {
    try {
      var client = client(way, "p" + UUID.randomUUID());
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
      client.setCallback(new Listener(taker));
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
      options.setWill(topic, new MqttMessage(payload.getBytes(UTF_8), 1, false, null));
      client.connect(options).waitForCompletion();
      return () -> close(client);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MqttAsyncClient client(Way way, String id) throws MqttException {
    return new MqttAsyncClient(way.uri(), id, new MemoryPersistence());
  }

  private static MqttConnectionOptions options(Way way, boolean keep) {
    var options = new MqttConnectionOptions();
    options.setCleanStart(!keep);
    options.setSessionExpiryInterval(keep ? 1000L : 0L);
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

  /// Hands payloads on as text.
  private record Listener(Consumer<String> taker) implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      taker.accept(new String(message.getPayload(), UTF_8));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
