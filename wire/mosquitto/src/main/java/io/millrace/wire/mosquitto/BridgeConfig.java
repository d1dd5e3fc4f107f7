package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.TlsConfig;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A bridge to another broker.
///
/// @param remoteClientId client identifier there, and in the topic that tells whether it is up
/// @param once not again after the link broke
/// @param localClientId client identifier of the session here that queues while the link is down
public record BridgeConfig(
    String name,
    List<BridgeAddress> addresses,
    List<BridgeTopic> topics,
    boolean roundRobin,
    boolean cleanSession,
    boolean localCleanSession,
    String remoteClientId,
    String localClientId,
    Optional<String> remoteUser,
    Optional<String> remotePassword,
    int keepAliveSeconds,
    Limits limits,
    Duration restartBase,
    Duration restartCap,
    Notifications notifications,
    boolean outgoingRetain,
    boolean tryPrivate,
    boolean once,
    long sessionExpirySeconds,
    ProtocolVersion version,
    Optional<TlsConfig> tls,
    boolean checksHostName,
    Optional<String> bindAddress,
    Optional<String> alpn) {

  /// Where the bridge tells that it is up.
  ///
  /// @param topic empty: nowhere
  public record Notifications(String topic, boolean localOnly) {}

  /// What goes over the link at most; 0: no limit of its own.
  ///
  /// @param packetBytes of a message that goes out, with its header; a larger one is dropped here
  /// @param receiveMaximum QoS 1 and 2 messages that the other broker may have in flight (MQTT 5.0)
  public record Limits(long packetBytes, int receiveMaximum) {}

  static BridgeConfig of(ConfBridge conf) {
    var remoteId =
        conf.remoteClientId.isEmpty() ? hostName() + "." + conf.name : conf.remoteClientId;
    var topic =
        conf.notificationTopic.isEmpty()
            ? "$SYS/broker/connection/%s/state".formatted(remoteId)
            : conf.notificationTopic;
    return new BridgeConfig(
        conf.name,
        List.copyOf(conf.addresses),
        List.copyOf(conf.topics),
        conf.roundRobin,
        conf.cleanSession,
        conf.localCleanSession.orElse(conf.cleanSession),
        remoteId,
        conf.localClientId.isEmpty() ? "local." + remoteId : conf.localClientId,
        conf.remoteUser,
        conf.remotePassword,
        conf.keepAliveSeconds,
        new Limits(conf.maxPacketSize, conf.receiveMaximum),
        conf.restartBase,
        conf.restartCap,
        new Notifications(conf.notifications ? topic : "", conf.notificationsLocalOnly),
        conf.outgoingRetain,
        conf.tryPrivate,
        conf.once,
        conf.sessionExpirySeconds,
        conf.version,
        tls(conf),
        !conf.insecure,
        conf.bindAddress,
        conf.alpn);
  }

  private static Optional<TlsConfig> tls(ConfBridge conf) {
    if (!conf.tls) {
      return Optional.empty();
    }
    var trusting = TlsConfig.client(conf.authorities);
    var tls = conf.tlsVersion.map(trusting::version).orElse(trusting);
    return Optional.of(
        conf.certificate
            .map(own -> tls.identified(own, conf.key.orElseThrow(), Optional.empty()))
            .orElse(tls));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "millrace";
    }
  }
}
