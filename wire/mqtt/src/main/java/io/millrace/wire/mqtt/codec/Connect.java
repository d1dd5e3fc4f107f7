package io.millrace.wire.mqtt.codec;

import java.util.Optional;

/// CONNECT, section 3.1.
///
/// @param keepAlive seconds; 0 turns it off
/// @param isBridge Mosquitto: another broker says so by the highest bit of the protocol level
/// @param will its properties may hold the will delay interval
public record Connect(
    ProtocolVersion version,
    String clientId,
    boolean cleanStart,
    int keepAlive,
    Optional<String> userName,
    Optional<Binary> password,
    Optional<Publish> will,
    Properties properties,
    boolean isBridge)
    implements Packet {

  /// Of an ordinary client.
  public Connect(
      ProtocolVersion version,
      String clientId,
      boolean cleanStart,
      int keepAlive,
      Optional<String> userName,
      Optional<Binary> password,
      Optional<Publish> will,
      Properties properties) {
    this(version, clientId, cleanStart, keepAlive, userName, password, will, properties, false);
  }
}
