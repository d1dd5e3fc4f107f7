package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One `connection` as a mosquitto.conf describes it, line by line.
final class ConfBridge {
  final ConfLine first;
  final String name;
  final List<BridgeAddress> addresses = new ArrayList<>();
  final List<BridgeTopic> topics = new ArrayList<>();
  boolean roundRobin;
  boolean cleanSession;
  Optional<Boolean> localCleanSession = Optional.empty();
  String remoteClientId = "";
  String localClientId = "";
  Optional<String> remoteUser = Optional.empty();
  Optional<String> remotePassword = Optional.empty();
  int keepAliveSeconds = 60;
  long maxPacketSize;
  int receiveMaximum;
  Duration restartBase = Duration.ofSeconds(5);
  Duration restartCap = Duration.ofSeconds(30);
  boolean notifications = true;
  boolean notificationsLocalOnly;
  String notificationTopic = "";
  boolean outgoingRetain = true;
  boolean tryPrivate = true;
  boolean once;
  long sessionExpirySeconds = 0xffff_ffffL;
  ProtocolVersion version = ProtocolVersion.V3_1_1;
  Optional<Path> authorities = Optional.empty();
  Optional<Path> certificate = Optional.empty();
  Optional<Path> key = Optional.empty();
  boolean tls;
  boolean insecure;
  Optional<String> tlsVersion = Optional.empty();
  Optional<String> alpn = Optional.empty();
  Optional<String> bindAddress = Optional.empty();
  Optional<ConfLine> psk = Optional.empty();

  ConfBridge(ConfLine first) {
    this.first = first;
    this.name = first.text();
  }

  void check() {
    if (psk.isPresent()) {
      throw psk.get()
          .fault(
              "Java's TLS has no pre-shared keys, and the bridge would speak in the open. Use"
                  + " bridge_cafile, with bridge_certfile and bridge_keyfile");
    }
    if (addresses.isEmpty()) {
      throw first.fault("this connection has no address; add a line: address HOST:PORT");
    }
    if (topics.isEmpty()) {
      throw first.fault(
          "this connection has no topic and would carry nothing; add a line: topic # both 0");
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw first.fault("bridge_certfile and bridge_keyfile go together; one of them is missing");
    }
  }
}
