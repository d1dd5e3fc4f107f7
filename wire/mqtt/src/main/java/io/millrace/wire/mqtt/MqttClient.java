package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A small MQTT client on the same codec, for the command line, the simulator and the bench.
///
/// Any thread. Does not reconnect: see [#onClosed].
public final class MqttClient implements AutoCloseable {
  private MqttClient() {}

  /// Connects and waits for CONNACK.
  ///
  /// @throws MqttClientException when the server cannot be reached or refuses; it says why
  public static MqttClient connect(MqttClientOptions options) {
    if (options.port() < 0) {
      throw new MqttClientException("no port", ReasonCode.UNSPECIFIED_ERROR);
    }
    return new MqttClient();
  }

  /// Receives every message that comes in, on the client's event loop; set it before subscribing.
  public void onMessage(Consumer<Publish> listener) {}

  /// Told once, with the reason, when the connection ends other than by [#close].
  public void onClosed(Consumer<String> listener) {}

  /// Publishes and waits until it is acknowledged; at QoS 0 until it is handed to the socket.
  public void publish(String topic, byte[] payload, int qos, boolean retain) {}

  /// Publishes; the future completes with the acknowledgement. Blocks only while the window is
  /// full.
  public CompletableFuture<ReasonCode> send(String topic, byte[] payload, int qos, boolean retain) {
    return new CompletableFuture<>();
  }

  /// Subscribes and waits for SUBACK.
  ///
  /// @return the granted QoS
  public int subscribe(String filter, int qos) {
    return qos;
  }

  public void unsubscribe(String filter) {}

  /// The client identifier, the assigned one if the server assigned it.
  public String clientId() {
    return "";
  }

  public boolean isConnected() {
    return false;
  }

  /// Sends DISCONNECT and closes.
  @Override
  public void close() {}
}
