package io.millrace.wire.mqtt;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Settings of one more listener, `mqtt.listeners.NAME.*`.
public record ListenerSettings(
    @Doc("What it speaks below MQTT.") @Default("tcp") ListenerTransport transport,
    @Doc("Address to listen on; empty means bind.address. Of a Unix socket: its file.") @Default("")
        String address,
    @Doc("Port; 0 picks a free one. A Unix socket has none.")
        @Default("0")
        @Limit(min = 0, max = 65_535)
        int port,
    @Doc("Path of a WebSocket.") @Default("/mqtt") String path,
    @Doc("Whether connections come through a proxy that sends PROXY protocol (version 1 or 2).")
        @Default("false")
        boolean proxyProtocol,
    TlsSettings tls,
    @Doc(
            "From where clients without a user name are let in here; as_elsewhere as"
                + " mqtt.allowAnonymous says.")
        @Default("as_elsewhere")
        Anonymous allowAnonymous,
    @Doc("Part of the client's certificate that is its user name; it needs no password then.")
        @Default("none")
        CertificateIdentity identity,
    @Doc("Open connections here at most; 0 sets no limit beside mqtt.maxConnections.")
        @Default("0")
        @Limit(min = 0)
        int maxConnections,
    @Doc("Highest QoS that clients may publish with here.") @Default("2") @Limit(min = 0, max = 2)
        int maxQos) {

  /// Settings of TLS, `mqtt.listeners.NAME.tls.*`.
  public record TlsSettings(
      @Doc("PEM file: the server's certificate, then the chain above it. Turns TLS on.")
          @Default("")
          String certificate,
      @Doc("PEM file: the private key of the certificate.") @Default("") String key,
      @Doc("Pass phrase of the key, when it has one.") @Default("") String keyPassphrase,
      @Doc(
              "PEM file or directory: who may sign the certificates of clients; self-signed ones"
                  + " of clients lie here themselves.")
          @Default("")
          String authorities,
      @Doc("Whether every client must show a certificate.") @Default("false")
          boolean requireCertificate,
      @Doc("File of certificate revocation lists, PEM or DER.") @Default("") String revoked,
      @Doc("Versions that are spoken; empty: TLSv1.2 and TLSv1.3.") @Default("")
          List<String> versions,
      @Doc("Cipher suites; empty leaves the choice to Java.") @Default("") List<String> ciphers) {

    Optional<TlsConfig> config(String setting) {
      if (certificate.isEmpty() && key.isEmpty()) {
        if (!authorities.isEmpty() || requireCertificate) {
          throw new IllegalArgumentException(
              "%s.tls asks clients for certificates but has none itself; set %s.tls.certificate and %s.tls.key"
                  .formatted(setting, setting, setting));
        }
        return Optional.empty();
      }
      return Optional.of(
          new TlsConfig(
              path(certificate),
              path(key),
              text(keyPassphrase),
              path(authorities),
              requireCertificate,
              path(revoked),
              versions,
              ciphers));
    }

    private static Optional<Path> path(String file) {
      return text(file).map(Path::of);
    }

    private static Optional<String> text(String value) {
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
  }

  /// As [AllowAnonymous], or as the whole broker has it.
  public enum Anonymous {
    AS_ELSEWHERE,
    NONE,
    LOOPBACK,
    ALL
  }

  ListenerConfig listener(String name, String bindAddress, MqttConfig config) {
    var setting = "mqtt.listeners." + name;
    if (transport == ListenerTransport.UNIX && address.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.transport=unix needs %s.address, the file of the socket".formatted(setting, setting));
    }
    var allow =
        allowAnonymous == Anonymous.AS_ELSEWHERE
            ? config.allowAnonymous()
            : AllowAnonymous.valueOf(allowAnonymous.name().toUpperCase(Locale.ROOT));
    var rules =
        new ListenerRules(
            allow, identity, maxConnections, maxQos, Optional.empty(), Optional.empty());
    var tlsConfig = tls.config(setting);
    if (identity != CertificateIdentity.NONE && tlsConfig.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.identity takes the user name from a certificate, so it needs %s.tls"
              .formatted(setting, setting));
    }
    return new ListenerConfig(
        name,
        setting + (transport == ListenerTransport.UNIX ? ".address" : ".port"),
        transport,
        address.isEmpty() ? bindAddress : address,
        port,
        path,
        proxyProtocol,
        tlsConfig,
        rules);
  }
}
