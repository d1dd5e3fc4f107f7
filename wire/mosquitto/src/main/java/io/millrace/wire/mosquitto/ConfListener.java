package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.CertificateIdentity;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.ListenerForm;
import io.millrace.wire.mqtt.ListenerRules;
import io.millrace.wire.mqtt.ListenerTransport;
import io.millrace.wire.mqtt.TlsConfig;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One listener as a mosquitto.conf describes it, line by line.
final class ConfListener {
  final ConfSecurity security = new ConfSecurity();
  int port;
  String address;
  String unixPath = "";
  boolean webSocket;
  boolean proxyProtocol;
  int maxConnections;
  int maxQos = 2;
  Optional<Path> certificate = Optional.empty();
  Optional<Path> key = Optional.empty();
  Optional<Path> authorities = Optional.empty();
  Optional<Path> revoked = Optional.empty();
  boolean requireCertificate;
  CertificateIdentity identity = CertificateIdentity.NONE;
  Optional<Boolean> allowAnonymous = Optional.empty();
  Optional<String> assignedPrefix = Optional.empty();
  String mountPoint = "";
  boolean takesUserName;
  Set<ProtocolVersion> versions = Set.of(ProtocolVersion.values());
  List<String> tlsVersions = List.of();
  List<String> ciphers = List.of();
  Optional<ConfLine> psk = Optional.empty();
  Optional<ConfLine> first = Optional.empty();

  ConfListener(int port, String address) {
    this.port = port;
    this.address = address;
  }

  /// Refuses what would be open where somebody meant it to be closed.
  void check() {
    if (psk.isPresent() && certificate.isEmpty()) {
      throw psk.get()
          .fault(
              "Java's TLS has no pre-shared keys, and without them this listener would be open to"
                  + " all. Give it certfile and keyfile, and use bridges or clients with passwords"
                  + " or certificates");
    }
    var place = first.map(ConfLine::place).orElse("the default listener");
    if (certificate.isPresent() != key.isPresent()) {
      throw new FileFault(
          "%s: certfile and keyfile go together; one of them is missing".formatted(place));
    }
    if (certificate.isEmpty() && (requireCertificate || identity != CertificateIdentity.NONE)) {
      throw new FileFault(
          "%s: client certificates need TLS; add certfile and keyfile".formatted(place));
    }
  }

  /// How it takes what its clients say.
  ListenerForm form(ConfSecurity security) {
    return new ListenerForm(
        mountPoint,
        takesUserName,
        versions,
        assignedPrefix.orElse(security.assignedPrefix),
        security.takesNameless);
  }

  ListenerConfig config(ListenerRules rules) {
    var name = webSocket ? "websockets" : unixPath.isEmpty() ? "mqtt" : "unix";
    var setting = first.map(line -> "listener (" + line.place() + ")").orElse("listener");
    var made =
        new ListenerConfig(
            unixPath.isEmpty() ? name + "-" + port : name,
            setting,
            unixPath.isEmpty()
                ? webSocket ? ListenerTransport.WEBSOCKET : ListenerTransport.TCP
                : ListenerTransport.UNIX,
            unixPath.isEmpty() ? address : unixPath,
            port,
            // Mosquitto answers on every path
            "*",
            proxyProtocol,
            Optional.empty(),
            rules);
    return certificate.isEmpty() ? made : made.withTls(tls());
  }

  private TlsConfig tls() {
    return new TlsConfig(
        certificate,
        key,
        Optional.empty(),
        requireCertificate || identity != CertificateIdentity.NONE || revoked.isPresent()
            ? authorities
            : Optional.empty(),
        requireCertificate,
        revoked,
        tlsVersions,
        ciphers);
  }
}
