package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import java.util.List;

/// The broker: listeners, event loops, and what they share.
public final class MqttServer implements AutoCloseable {
  private final List<Integer> ports;
  private final int webSocketPort;

  private MqttServer(List<Integer> ports, int webSocketPort) {
    this.ports = ports;
    this.webSocketPort = webSocketPort;
  }

  /// Opens all listeners.
  ///
  /// @param bindAddress `bind.address`: a host name or address
  /// @throws ListenException when a port cannot be bound; it names the port and the cure
  public static MqttServer open(
      MqttConfig config,
      String bindAddress,
      Authenticator authenticator,
      Authorizer authorizer,
      Tap tap,
      Clock clock,
      Scheduler scheduler,
      Ids ids,
      Counters counters) {
    return new MqttServer(List.of(), -1);
  }

  /// The ports that are really open: `mqtt.port` first, then `mqtt.extraPorts`.
  public List<Integer> ports() {
    return ports;
  }

  /// The WebSocket port, or -1 when there is none.
  public int webSocketPort() {
    return webSocketPort;
  }

  /// Publishes as the broker itself. Any thread.
  public void publish(String topic, byte[] payload, int qos, boolean retain) {
    if (ports.isEmpty()) {
      throw new IllegalStateException("not built yet");
    }
  }

  /// Tells every client, closes every connection and listener, and waits for the event loops.
  @Override
  public void close() {}
}
