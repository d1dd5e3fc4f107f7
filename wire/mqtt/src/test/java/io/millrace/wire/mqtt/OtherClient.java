package io.millrace.wire.mqtt;

import java.nio.file.Path;
import java.util.function.Consumer;

/// A client that no one here wrote, driven by [ClientMatrixTest].
interface OtherClient {
  /// Where the broker is and how to get there.
  ///
  /// @param authority what signed the broker's certificate, for TLS
  record Way(Transport transport, int port, Path authority) {
    enum Transport {
      TCP,
      TLS,
      WS
    }

    String host() {
      return "localhost";
    }

    /// As Paho has it.
    String uri() {
      return switch (transport) {
        case TCP -> "tcp://localhost:" + port;
        case TLS -> "ssl://localhost:" + port;
        case WS -> "ws://localhost:" + port + "/mqtt";
      };
    }

    @Override
    public String toString() {
      return transport.name();
    }
  }

  /// A connection that receives until it is closed.
  interface Open extends AutoCloseable {
    @Override
    void close();
  }

  /// Connects, publishes one message, disconnects.
  void publish(Way way, String topic, String payload, int qos, boolean retain);

  /// Publishes `qos0`, `qos1` and `qos2`, each at its QoS.
  default void publishEach(Way way, String topic) {
    for (int qos = 0; qos <= 2; qos++) {
      publish(way, topic, "qos" + qos, qos, false);
    }
  }

  /// Connects and subscribes.
  ///
  /// @param keep the session outlives the connection
  Open subscribe(
      Way way, String clientId, boolean keep, String filter, int qos, Consumer<String> taker);

  /// Connects with a will.
  Open withWill(Way way, String clientId, String topic, String payload);
}
