package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import java.time.Duration;
import java.util.Optional;

/// How an [MqttClient] connects. Start with [#to] and change what differs.
///
/// @param clientId empty lets the server assign one
/// @param window messages above QoS 0 that may be unacknowledged at a time
/// @param sessionExpirySeconds MQTT 5.0 only; older versions keep the session unless `cleanStart`
/// @param timeout of connecting and of each acknowledgement that a caller waits for
public record MqttClientOptions(
    String host,
    int port,
    String clientId,
    ProtocolVersion version,
    Optional<String> userName,
    Optional<byte[]> password,
    boolean cleanStart,
    long sessionExpirySeconds,
    int keepAliveSeconds,
    Optional<Publish> will,
    int window,
    Duration timeout) {

  /// MQTT 3.1.1, clean start, no name, keep alive 60 s, window 100, timeout 10 s.
  public static MqttClientOptions to(String host, int port) {
    return new MqttClientOptions(
        host,
        port,
        "",
        ProtocolVersion.V3_1_1,
        Optional.empty(),
        Optional.empty(),
        true,
        0,
        60,
        Optional.empty(),
        100,
        Duration.ofSeconds(10));
  }

  public MqttClientOptions clientId(String id) {
    return new MqttClientOptions(
        host,
        port,
        id,
        version,
        userName,
        password,
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        will,
        window,
        timeout);
  }

  public MqttClientOptions version(ProtocolVersion other) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        other,
        userName,
        password,
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        will,
        window,
        timeout);
  }

  public MqttClientOptions userName(String name) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        Optional.of(name),
        password,
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        will,
        window,
        timeout);
  }

  public MqttClientOptions password(byte[] secret) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        userName,
        Optional.of(secret),
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        will,
        window,
        timeout);
  }

  /// Keeps the session after the connection, for that long (older versions: for ever).
  public MqttClientOptions session(boolean clean, long expirySeconds) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        userName,
        password,
        clean,
        expirySeconds,
        keepAliveSeconds,
        will,
        window,
        timeout);
  }

  public MqttClientOptions keepAlive(int seconds) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        userName,
        password,
        cleanStart,
        sessionExpirySeconds,
        seconds,
        will,
        window,
        timeout);
  }

  public MqttClientOptions will(Publish message) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        userName,
        password,
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        Optional.of(message),
        window,
        timeout);
  }

  public MqttClientOptions window(int messages) {
    return new MqttClientOptions(
        host,
        port,
        clientId,
        version,
        userName,
        password,
        cleanStart,
        sessionExpirySeconds,
        keepAliveSeconds,
        will,
        messages,
        timeout);
  }
}
