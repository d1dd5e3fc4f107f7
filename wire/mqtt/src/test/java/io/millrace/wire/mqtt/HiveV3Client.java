package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.util.UUID;
import java.util.function.Consumer;

/// HiveMQ's client, MQTT 3.1.1.
final class HiveV3Client implements OtherClient {
  @Override
  public void publish(Way way, String topic, String payload, int qos, boolean retain) {
    var client = client(way, "p" + UUID.randomUUID());
    client.connectWith().cleanSession(true).send().join();
    client
        .publishWith()
        .topic(topic)
        .payload(payload.getBytes(UTF_8))
        .qos(MqttQos.fromCode(qos))
        .retain(retain)
        .send()
        .join();
    client.disconnect().join();
  }

  @Override
  public Open subscribe(
      Way way, String clientId, boolean keep, String filter, int qos, Consumer<String> taker) {
    var client = client(way, clientId);
    client.publishes(
        com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL,
        publish -> taker.accept(new String(publish.getPayloadAsBytes(), UTF_8)));
    client.connectWith().cleanSession(!keep).send().join();
    client.subscribeWith().topicFilter(filter).qos(MqttQos.fromCode(qos)).send().join();
    return () -> client.disconnect().exceptionally(_ -> null).join();
  }

  @Override
  public Open withWill(Way way, String clientId, String topic, String payload) {
    var client = client(way, clientId);
    client
        .connectWith()
        .cleanSession(true)
        .willPublish()
        .topic(topic)
        .payload(payload.getBytes(UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .applyWillPublish()
        .send()
        .join();
    return () -> client.disconnect().exceptionally(_ -> null).join();
  }

  private static Mqtt3AsyncClient client(Way way, String id) {
    var builder =
        Mqtt3Client.builder().identifier(id).serverHost(way.host()).serverPort(way.port());
    return switch (way.transport()) {
      case TCP -> builder.buildAsync();
      case TLS -> builder.sslConfig(ssl(way)).buildAsync();
      case WS -> builder.webSocketConfig(webSocket()).buildAsync();
    };
  }

  static MqttClientSslConfig ssl(Way way) {
    return MqttClientSslConfig.builder()
        .trustManagerFactory(Trust.factory(way.authority()))
        .build();
  }

  static MqttWebSocketConfig webSocket() {
    return MqttWebSocketConfig.builder().serverPath("mqtt").build();
  }
}
