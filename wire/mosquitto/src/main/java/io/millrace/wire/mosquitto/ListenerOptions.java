package io.millrace.wire.mosquitto;

import static io.millrace.wire.mosquitto.ConfOptions.honoured;
import static io.millrace.wire.mosquitto.ConfOptions.warned;

import io.millrace.wire.mosquitto.ConfOption.Scope;
import io.millrace.wire.mqtt.CertificateIdentity;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/// Options of one listener; those before the first `listener` are of the default one.
final class ListenerOptions {
  private static final int ANY = Integer.MAX_VALUE;

  private ListenerOptions() {}

  static List<ConfOption> all() {
    return List.of(
        honoured(
            "listener",
            Scope.LISTENER,
            "PORT [ADDRESS], or 0 PATH of a Unix socket",
            ListenerOptions::listener),
        honoured(
            "port",
            Scope.LISTENER,
            "port of the default listener",
            (to, line) -> {
              to.usual.port = (int) line.number(0, 65_535);
              to.usual.first = Optional.of(line);
              to.usualIsOpen = to.usual.port > 0;
            }),
        honoured(
            "bind_address",
            Scope.LISTENER,
            "address of the default listener",
            (to, line) -> {
              to.usual.address = line.text();
              to.usualIsOpen = true;
            }),
        honoured(
            "bind_interface",
            Scope.LISTENER,
            "the first address of that interface",
            (to, line) -> to.listener().address = address(line)),
        honoured(
            "socket_domain",
            Scope.LISTENER,
            "ipv6: the IPv6 addresses; ipv4: 0.0.0.0",
            ListenerOptions::domain),
        honoured(
            "protocol",
            Scope.LISTENER,
            "mqtt or websockets",
            (to, line) ->
                to.listener().webSocket =
                    switch (line.text()) {
                      case "mqtt" -> false;
                      case "websockets" -> true;
                      default ->
                          throw line.fault(
                              "'%s' is no protocol here: mqtt or websockets"
                                  .formatted(line.value()));
                    }),
        honoured(
            "max_connections",
            Scope.LISTENER,
            "more are closed; -1 sets no limit",
            (to, line) -> to.listener().maxConnections = (int) Math.max(0, line.number(-1, ANY))),
        honoured(
            "max_qos",
            Scope.LISTENER,
            "MQTT 5.0 clients are told, a higher QoS ends the connection",
            (to, line) -> to.listener().maxQos = (int) line.number(0, 2)),
        honoured(
            "max_topic_alias",
            Scope.LISTENER,
            "mqtt.topicAliasMaximum, of all listeners",
            (to, line) ->
                to.settings.put("mqtt.topicAliasMaximum", Long.toString(line.number(0, 65_535)))),
        honoured(
            "enable_proxy_protocol",
            Scope.LISTENER,
            "PROXY protocol, both versions; -1 or 0 turns it off",
            (to, line) -> to.listener().proxyProtocol = line.number(-1, 2) > 0),
        honoured(
            "use_username_as_clientid",
            Scope.LISTENER,
            "the user name replaces the client identifier; who has none is refused",
            (to, line) -> to.listener().takesUserName = line.bool()),
        honoured(
            "mount_point",
            Scope.LISTENER,
            "stands before every topic of this listener's clients, who do not see it",
            ListenerOptions::mount),
        // ---- TLS
        honoured(
            "certfile",
            Scope.LISTENER,
            "PEM with the chain; read again when it changes",
            (to, line) -> to.listener().certificate = Optional.of(line.path())),
        honoured(
            "keyfile",
            Scope.LISTENER,
            "PEM: PKCS#8, PKCS#1 or SEC 1",
            (to, line) -> to.listener().key = Optional.of(line.path())),
        honoured(
            "cafile",
            Scope.LISTENER,
            "who may sign clients' certificates",
            (to, line) -> to.listener().authorities = Optional.of(line.path())),
        honoured(
            "capath",
            Scope.LISTENER,
            "a directory of such files",
            (to, line) -> to.listener().authorities = Optional.of(line.path())),
        honoured(
            "crlfile",
            Scope.LISTENER,
            "revoked certificates",
            (to, line) -> to.listener().revoked = Optional.of(line.path())),
        honoured(
            "require_certificate",
            Scope.LISTENER,
            "no client without a certificate",
            (to, line) -> to.listener().requireCertificate = line.bool()),
        honoured(
            "use_identity_as_username",
            Scope.LISTENER,
            "the certificate's common name is the user name",
            (to, line) -> identity(to, line, CertificateIdentity.COMMON_NAME)),
        honoured(
            "use_subject_as_username",
            Scope.LISTENER,
            "the certificate's whole subject is the user name",
            (to, line) -> identity(to, line, CertificateIdentity.SUBJECT)),
        honoured(
            "tls_version",
            Scope.LISTENER,
            "the lowest version; TLS 1.0 and 1.1 are not spoken",
            ListenerOptions::version),
        honoured(
            "ciphers_tls1.3",
            Scope.LISTENER,
            "names as TLS_AES_128_GCM_SHA256, separated by colons",
            (to, line) -> to.listener().ciphers = List.of(line.text().split(":", -1))),
        warned(
            "ciphers",
            Scope.LISTENER,
            "OpenSSL's names are not understood; Java offers only sound suites. To choose:"
                + " mqtt.listeners.NAME.tls.ciphers"),
        warned("dhparamfile", Scope.LISTENER, "Java chooses sound Diffie-Hellman groups by itself"),
        warned("tls_engine", Scope.LISTENER, "there are no OpenSSL engines; use a key file"),
        warned("tls_engine_kpass_sha1", Scope.LISTENER, "there are no OpenSSL engines"),
        warned("tls_keyform", Scope.LISTENER, "keys are PEM files"),
        honoured(
            "psk_hint",
            Scope.LISTENER,
            "refused at the start without certfile: Java's TLS has no pre-shared keys",
            (to, line) -> {
              to.listener().psk = Optional.of(line);
              to.warn(
                  line,
                  "Java's TLS has no pre-shared keys; clients need certificates or passwords");
            }),
        warned(
            "disable_client_cert_date_checks",
            Scope.LISTENER,
            "certificates outside their dates are never taken; renew them"),
        warned(
            "proxy_protocol_v2_require_tls",
            Scope.LISTENER,
            "what a proxy says of TLS is not looked at; let the proxy take TLS only"),
        // ---- WebSocket
        warned("http_dir", Scope.LISTENER, "no files are served here; use a web server"),
        ignored("websockets_log_level", "there is one log for all; log_type debug shows it"),
        ignored("websockets_headers_size", "request heads may have 16,384 bytes"),
        warned(
            "websockets_origin",
            Scope.LISTENER,
            "the origin of a web page is not looked at; ask clients for a password"),
        // ---- 2.1: security of one listener without per_listener_settings
        honoured(
            "listener_allow_anonymous",
            Scope.LISTENER,
            "as allow_anonymous, for this listener alone",
            (to, line) -> to.listener().allowAnonymous = Optional.of(line.bool())),
        honoured(
            "listener_auto_id_prefix",
            Scope.LISTENER,
            "as auto_id_prefix, for this listener alone",
            (to, line) -> to.listener().assignedPrefix = Optional.of(line.text())));
  }

  private static void mount(ConfModel to, ConfLine line) {
    var prefix = line.text();
    if (prefix.contains("+") || prefix.contains("#") || prefix.startsWith("$")) {
      throw line.fault(
          "'%s' cannot stand before topics: no wildcards, no $ at its begin; for example tenants/a/"
              .formatted(prefix));
    }
    to.listener().mountPoint = prefix;
  }

  private static ConfOption ignored(String name, String says) {
    return new ConfOption(name, Scope.LISTENER, ConfOption.Fate.ALWAYS, says, (_, _) -> {});
  }

  private static void listener(ConfModel to, ConfLine line) {
    var words = line.text().split("\\s+", 2);
    int port =
        (int) new ConfLine(line.file(), line.number(), line.name(), words[0]).number(0, 65_535);
    var rest = words.length < 2 ? "" : words[1];
    if (port == 0 && rest.isEmpty()) {
      throw line.fault("port 0 is a Unix socket and needs its file: listener 0 /run/mqtt.sock");
    }
    to.openListener(
        line, port, port == 0 || rest.isEmpty() ? "0.0.0.0" : rest, port == 0 ? rest : "");
  }

  private static void domain(ConfModel to, ConfLine line) {
    to.listener().address =
        switch (line.text()) {
          case "ipv4" -> "0.0.0.0";
          case "ipv6" -> "::";
          default -> throw line.fault("'%s' is neither ipv4 nor ipv6".formatted(line.value()));
        };
  }

  private static void identity(ConfModel to, ConfLine line, CertificateIdentity identity) {
    if (line.bool()) {
      to.listener().identity = identity;
    }
  }

  private static void version(ConfModel to, ConfLine line) {
    to.listener().tlsVersions =
        switch (line.text()) {
          case "tlsv1.3" -> List.of("TLSv1.3");
          case "tlsv1.2" -> List.of("TLSv1.3", "TLSv1.2");
          case "tlsv1.1", "tlsv1", "tlsv1.0" -> {
            to.warn(line, "TLS 1.0 and 1.1 are broken and not spoken; clients need TLS 1.2");
            yield List.of("TLSv1.3", "TLSv1.2");
          }
          default ->
              throw line.fault("'%s' is neither tlsv1.2 nor tlsv1.3".formatted(line.value()));
        };
  }

  private static String address(ConfLine line) {
    try {
      var device = NetworkInterface.getByName(line.text());
      if (device != null && device.getInetAddresses().hasMoreElements()) {
        return device.getInetAddresses().nextElement().getHostAddress();
      }
    } catch (SocketException e) {
      // said below
    }
    throw line.fault("there is no interface '%s' with an address".formatted(line.value()));
  }
}
