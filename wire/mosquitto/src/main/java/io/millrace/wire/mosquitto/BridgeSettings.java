package io.millrace.wire.mosquitto;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of one bridge to another broker, `mqtt.bridges.NAME.*`.
public record BridgeSettings(
    @Doc("Addresses of the other broker, HOST:PORT; the first is tried first.") @Default("")
        List<String> addresses,
    @Doc("What is carried, each as PATTERN [out|in|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]].")
        @Default("")
        List<String> topics,
    @Doc("Client identifier there; empty makes one of host name and bridge.") @Default("")
        String clientId,
    @Doc("User name there.") @Default("") String userName,
    @Doc("Password there.") @Default("") String password,
    @Doc("Version that is spoken.") @Default("v3_1_1") ProtocolVersion version,
    @Doc("Whether both brokers forget the bridge's session when the link ends.") @Default("false")
        boolean cleanSession,
    @Doc("Keep alive in seconds.") @Default("60") @Limit(min = 5, max = 65_535) int keepAlive,
    @Doc("Shortest wait before the next try.") @Default("5s") Duration restartBase,
    @Doc("Longest wait before the next try.") @Default("30s") Duration restartCap,
    @Doc("Whether the addresses are tried in turn.") @Default("false") boolean roundRobin,
    @Doc("Whether 1 or 0 is published under $SYS/broker/connection/CLIENTID/state.")
        @Default("true")
        boolean notifications,
    @Doc("Whether the link is encrypted.") @Default("false") boolean tls,
    @Doc(
            "PEM file or directory: who signed the other broker's certificate; empty: whom Java"
                + " trusts.")
        @Default("")
        String authorities,
    @Doc("PEM file: the bridge's own certificate.") @Default("") String certificate,
    @Doc("PEM file: its private key.") @Default("") String key) {

  /// The bridge as it will run.
  ///
  /// @throws FileFault naming the setting and the cure
  public BridgeConfig bridge(String name) {
    var place = new ConfLine(Path.of("mqtt.bridges." + name), 0, "connection", name);
    var conf = new ConfBridge(place);
    try {
      addresses.forEach(address -> conf.addresses.add(BridgeAddress.parse(address)));
      topics.forEach(topic -> conf.topics.add(BridgeTopic.parse(topic)));
    } catch (IllegalArgumentException e) {
      throw new FileFault("mqtt.bridges.%s: %s".formatted(name, e.getMessage()));
    }
    if (addresses.isEmpty() || topics.isEmpty()) {
      throw new FileFault(
          "mqtt.bridges.%s needs addresses (HOST:PORT) and topics (# both 1)".formatted(name));
    }
    conf.remoteClientId = clientId;
    conf.remoteUser = text(userName);
    conf.remotePassword = text(password);
    conf.version = version;
    conf.cleanSession = cleanSession;
    conf.keepAliveSeconds = keepAlive;
    conf.restartBase = restartBase;
    conf.restartCap = restartCap;
    conf.roundRobin = roundRobin;
    conf.notifications = notifications;
    conf.tls = tls;
    conf.authorities = text(authorities).map(Path::of);
    conf.certificate = text(certificate).map(Path::of);
    conf.key = text(key).map(Path::of);
    conf.check();
    return BridgeConfig.of(conf);
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
