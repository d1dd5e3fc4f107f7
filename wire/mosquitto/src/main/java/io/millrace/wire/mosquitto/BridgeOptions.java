package io.millrace.wire.mosquitto;

import static io.millrace.wire.mosquitto.ConfOptions.honoured;
import static io.millrace.wire.mosquitto.ConfOptions.warned;

import io.millrace.wire.mosquitto.ConfOption.Scope;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Options of one bridge; the first line of each is `connection NAME`.
final class BridgeOptions {
  private static final int SECONDS_MAX = 65_535;

  private BridgeOptions() {}

  static List<ConfOption> all() {
    return List.of(
        honoured(
            "connection",
            Scope.BRIDGE,
            "begins a bridge of that name",
            (to, line) -> to.openBridge(line)),
        of("address", "HOST[:PORT] …; the first is tried first", BridgeOptions::addresses),
        of("addresses", "as address", BridgeOptions::addresses),
        of(
            "topic",
            "PATTERN [out|in|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]",
            (bridge, line) -> bridge.topics.add(BridgeTopic.parse(line.text()))),
        of(
            "round_robin",
            "true: the addresses in turn; false: back to the first at each try",
            (bridge, line) -> bridge.roundRobin = line.bool()),
        of(
            "cleansession",
            "false: the other broker keeps messages while the bridge is away",
            (bridge, line) -> bridge.cleanSession = line.bool()),
        of(
            "local_cleansession",
            "false: this broker keeps messages while the bridge is away; by default as"
                + " cleansession",
            (bridge, line) -> bridge.localCleanSession = Optional.of(line.bool())),
        of(
            "remote_clientid",
            "client identifier there; by default host name and connection",
            (bridge, line) -> bridge.remoteClientId = line.text()),
        of("clientid", "as remote_clientid", (bridge, line) -> bridge.remoteClientId = line.text()),
        of(
            "local_clientid",
            "client identifier here",
            (bridge, line) -> bridge.localClientId = line.text()),
        of(
            "remote_username",
            "user name there",
            (bridge, line) -> bridge.remoteUser = Optional.of(line.text())),
        of(
            "username",
            "as remote_username",
            (bridge, line) -> bridge.remoteUser = Optional.of(line.text())),
        of(
            "remote_password",
            "password there",
            (bridge, line) -> bridge.remotePassword = Optional.of(line.text())),
        of(
            "password",
            "as remote_password",
            (bridge, line) -> bridge.remotePassword = Optional.of(line.text())),
        warned(
            "local_username",
            Scope.BRIDGE,
            "a bridge is part of this broker and needs no user here; acl_file does not bind it"),
        warned(
            "local_password",
            Scope.BRIDGE,
            "a bridge is part of this broker and needs no password here"),
        of(
            "keepalive_interval",
            "seconds, 5 at least",
            (bridge, line) -> bridge.keepAliveSeconds = (int) line.number(5, SECONDS_MAX)),
        of("restart_timeout", "BASE [CAP] seconds, growing with jitter", BridgeOptions::restart),
        of(
            "notifications",
            "1 or 0 under $SYS/broker/connection/CLIENTID/state",
            (bridge, line) -> bridge.notifications = line.bool()),
        of(
            "notifications_local_only",
            "only here",
            (bridge, line) -> bridge.notificationsLocalOnly = line.bool()),
        of(
            "notification_topic",
            "in place of $SYS/broker/connection/CLIENTID/state",
            (bridge, line) -> bridge.notificationTopic = line.text()),
        of(
            "bridge_outgoing_retain",
            "false: messages go out without the retain flag",
            (bridge, line) -> bridge.outgoingRetain = line.bool()),
        of(
            "try_private",
            "tells the other broker that this is a bridge, so that it sends nothing back",
            (bridge, line) -> bridge.tryPrivate = line.bool()),
        honoured(
            "start_type",
            Scope.BRIDGE,
            "automatic or once; lazy is automatic, with a warning",
            BridgeOptions::startType),
        warned(
            "idle_timeout", Scope.BRIDGE, "belongs to lazy bridges; bridges stay connected here"),
        warned("threshold", Scope.BRIDGE, "belongs to lazy bridges; bridges stay connected here"),
        of("bridge_protocol_version", "mqttv31, mqttv311 or mqttv50", BridgeOptions::version),
        of(
            "bridge_bind_address",
            "the own address of the connection",
            (bridge, line) -> bridge.bindAddress = Optional.of(line.text())),
        of(
            "bridge_cafile",
            "who signed the other broker's certificate; turns TLS on",
            (bridge, line) -> {
              bridge.authorities = Optional.of(line.path());
              bridge.tls = true;
            }),
        of(
            "bridge_capath",
            "a directory of such files; turns TLS on",
            (bridge, line) -> {
              bridge.authorities = Optional.of(line.path());
              bridge.tls = true;
            }),
        of(
            "bridge_tls_use_os_certs",
            "TLS with the authorities that Java trusts",
            (bridge, line) -> bridge.tls = bridge.tls || line.bool()),
        of(
            "bridge_certfile",
            "the bridge's own certificate",
            (bridge, line) -> bridge.certificate = Optional.of(line.path())),
        of("bridge_keyfile", "its key", (bridge, line) -> bridge.key = Optional.of(line.path())),
        of(
            "bridge_insecure",
            "true: the other broker's name is not checked",
            (bridge, line) -> bridge.insecure = line.bool()),
        of(
            "bridge_identity",
            "refused at the start: Java's TLS has no pre-shared keys",
            (bridge, line) -> bridge.psk = Optional.of(line)),
        of(
            "bridge_psk",
            "refused at the start: Java's TLS has no pre-shared keys",
            (bridge, line) -> bridge.psk = Optional.of(line)),
        of(
            "bridge_tls_version",
            "that version alone: tlsv1.3 or tlsv1.2; without it the best of both",
            (bridge, line) -> bridge.tlsVersion = Optional.of(tlsVersion(line))),
        warned("bridge_ciphers", Scope.BRIDGE, "Java offers only sound suites"),
        warned("bridge_ciphers_tls1.3", Scope.BRIDGE, "Java offers only sound suites"),
        of(
            "bridge_alpn",
            "the protocol that TLS asks for",
            (bridge, line) -> bridge.alpn = Optional.of(line.text())),
        warned(
            "bridge_require_ocsp",
            Scope.BRIDGE,
            "OCSP is not asked; trust one authority with bridge_cafile"),
        warned(
            "bridge_attempt_unsubscribe",
            Scope.BRIDGE,
            "topics that are only carried out are not unsubscribed there; delete the old session"
                + " there after a change"),
        of(
            "bridge_max_packet_size",
            "bytes of a message that goes out, with its header; a larger one is dropped and counted"
                + " here; 0: no limit but the other broker's (MQTT 5.0)",
            (bridge, line) -> bridge.maxPacketSize = line.number(0, 0xffff_ffffL)),
        warned("bridge_max_topic_alias", Scope.BRIDGE, "bridges use no topic aliases"),
        of(
            "bridge_receive_maximum",
            "QoS 1 and 2 messages that the other broker may have in flight (MQTT 5.0); 0: 65,535",
            (bridge, line) -> bridge.receiveMaximum = (int) line.number(0, 65_535)),
        of(
            "bridge_session_expiry_interval",
            "seconds that the other broker keeps the session (MQTT 5.0)",
            (bridge, line) -> bridge.sessionExpirySeconds = line.number(0, 0xffff_ffffL)),
        warned("bridge_reload_type", Scope.BRIDGE, "bridges change with a restart"),
        warned(
            "bridge_tcp_keepalive",
            Scope.BRIDGE,
            "MQTT's keep alive finds dead links: keepalive_interval"),
        warned(
            "bridge_tcp_user_timeout",
            Scope.BRIDGE,
            "MQTT's keep alive finds dead links: keepalive_interval"));
  }

  private static ConfOption of(String name, String says, BiConsumer<ConfBridge, ConfLine> handler) {
    return honoured(name, Scope.BRIDGE, says, (to, line) -> handler.accept(to.bridge(), line));
  }

  private static void addresses(ConfBridge bridge, ConfLine line) {
    for (var address : line.text().strip().split("\\s+")) {
      bridge.addresses.add(BridgeAddress.parse(address));
    }
  }

  private static void restart(ConfBridge bridge, ConfLine line) {
    var words = line.text().strip().split("\\s+");
    var first = new ConfLine(line.file(), line.number(), line.name(), words[0]);
    bridge.restartBase = Duration.ofSeconds(first.number(1, 86_400));
    bridge.restartCap = bridge.restartBase;
    if (words.length > 1) {
      var second = new ConfLine(line.file(), line.number(), line.name(), words[1]);
      bridge.restartCap = Duration.ofSeconds(second.number(first.number(1, 86_400), 86_400));
    }
  }

  private static void startType(ConfModel to, ConfLine line) {
    switch (line.text()) {
      case "automatic" -> to.bridge().once = false;
      case "lazy" -> to.warn(line, "the bridge connects at once and stays connected");
      case "once" -> to.bridge().once = true;
      default ->
          throw line.fault("'%s' is neither automatic, lazy nor once".formatted(line.value()));
    }
  }

  private static void version(ConfBridge bridge, ConfLine line) {
    bridge.version =
        switch (line.text()) {
          case "mqttv31" -> ProtocolVersion.V3_1;
          case "mqttv311" -> ProtocolVersion.V3_1_1;
          case "mqttv50", "mqttv5" -> ProtocolVersion.V5;
          default ->
              throw line.fault(
                  "'%s' is neither mqttv31, mqttv311 nor mqttv50".formatted(line.value()));
        };
  }

  private static String tlsVersion(ConfLine line) {
    return switch (line.text()) {
      case "tlsv1.3" -> "TLSv1.3";
      case "tlsv1.2" -> "TLSv1.2";
      default -> throw line.fault("'%s' is neither tlsv1.2 nor tlsv1.3".formatted(line.value()));
    };
  }
}
