package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.net.SocketAddress;

/// A connected client, from CONNACK to the end of its connection. Any thread.
public interface Client {
  String clientId();

  Principal principal();

  ProtocolVersion version();

  SocketAddress remoteAddress();

  boolean isConnected();

  /// Sends a message to this client alone, whatever it subscribed to.
  ///
  /// Goes through the session's window and queue as any other message does; dropped by the same
  /// rules, and when the connection is gone and the session with it.
  void send(String topic, byte[] payload, int qos);

  /// Says why (MQTT 5.0) and closes the connection; the will is published.
  void close(ReasonCode code, String reason);
}
