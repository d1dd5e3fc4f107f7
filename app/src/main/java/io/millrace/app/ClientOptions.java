package io.millrace.app;

import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.SocksProxy;
import io.millrace.wire.mqtt.TlsConfig;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that `pub` and `sub` share, spelled as `mosquitto_pub` and `mosquitto_sub` have them.
final class ClientOptions {
  private static final long NEVER_EXPIRES = 0xffff_ffffL;

  @Option(
      names = {"-h", "--host"},
      description = "Broker (default: localhost).")
  private String host = "localhost";

  @Option(
      names = {"-p", "--port"},
      defaultValue = "0",
      description = "Port (default: 1883, with TLS 8883).")
  private int port;

  @Option(
      names = {"-L", "--url"},
      description =
          "mqtt(s)://[USER[:PASSWORD]@]HOST[:PORT]/TOPIC in place of -h, -p, -u, -P and -t.")
  private @Nullable URI url;

  @Option(names = "--unix", description = "Unix socket in place of host and port.")
  private @Nullable String unixSocket;

  @Option(names = "-A", description = "The own address that the connection goes out from.")
  private @Nullable String bindAddress;

  @Option(
      names = {"-i", "--id"},
      defaultValue = "",
      description = "Client identifier; by default the broker assigns one.")
  private String clientId = "";

  @Option(
      names = {"-I", "--id-prefix"},
      description = "Client identifier: this, then the process number.")
  private @Nullable String idPrefix;

  @Option(
      names = {"-u", "--username"},
      description = "User name, or a device's access token.")
  private @Nullable String userName;

  @Option(
      names = {"-P", "--pw"},
      description = "Password.")
  private @Nullable String password;

  @Option(
      names = {"-k", "--keepalive"},
      defaultValue = "60",
      description = "Keep alive in seconds (default: ${DEFAULT-VALUE}).")
  private int keepAliveSeconds;

  @Option(
      names = {"-c", "--disable-clean-session"},
      description = "Keep the session at the broker; needs -i.")
  private boolean keepSession;

  @Option(
      names = {"-x", "--session-expiry-interval"},
      description = "Seconds that the broker keeps the session (mqttv5); -1 for ever.")
  private @Nullable String sessionExpiry;

  @Option(
      names = {"-V", "--protocol-version"},
      defaultValue = "mqttv311",
      description = "mqttv31, mqttv311 or mqttv5 (default: ${DEFAULT-VALUE}).")
  private String version = "mqttv311";

  @Option(
      names = {"-q", "--qos"},
      defaultValue = "0",
      description = "Quality of service 0, 1 or 2 (default: ${DEFAULT-VALUE}).")
  private int qos;

  @Option(
      names = {"-M", "--max-inflight"},
      defaultValue = "20",
      description = "Messages above QoS 0 on their way at once (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = {"-D", "--property"},
      arity = "3..4",
      paramLabel = "COMMAND NAME VALUE",
      description =
          "Property of connect, publish, subscribe or will (mqttv5); user-property has two values.")
  private List<String> properties = new ArrayList<>();

  @Option(names = "--will-topic", description = "Topic of the will.")
  private @Nullable String willTopic;

  @Option(names = "--will-payload", defaultValue = "", description = "Message of the will.")
  private String willPayload = "";

  @Option(names = "--will-qos", defaultValue = "0", description = "QoS of the will.")
  private int willQos;

  @Option(names = "--will-retain", description = "Let the broker keep the will.")
  private boolean willRetain;

  @Option(names = "--cafile", description = "PEM file of authorities; turns TLS on.")
  private @Nullable Path authorityFile;

  @Option(names = "--capath", description = "Directory of such files; turns TLS on.")
  private @Nullable Path authorityDirectory;

  @Option(names = "--tls-use-os-certs", description = "TLS with the authorities that Java trusts.")
  private boolean usualAuthorities;

  @Option(names = "--cert", description = "PEM file: the client's certificate.")
  private @Nullable Path certificate;

  @Option(names = "--key", description = "PEM file: its private key.")
  private @Nullable Path key;

  @Option(names = "--insecure", description = "Take a certificate of another host name.")
  private boolean insecure;

  @Option(names = "--tls-version", description = "tlsv1.3 or tlsv1.2.")
  private @Nullable String tlsVersion;

  @Option(names = "--ciphers", description = "Cipher suites of TLS, with colons between them.")
  private @Nullable String ciphers;

  @Mixin private SecureChannelOptions secure = new SecureChannelOptions();

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "SOCKS5 proxy: socks5h://[USER[:PASSWORD]@]HOST[:PORT].")
  private @Nullable String proxy;

  @Option(names = "--nodelay", description = "Always so; for those who are used to it.")
  @SuppressWarnings("UnusedVariable") // TCP_NODELAY is always set
  private boolean noDelay;

  @Option(names = "--quiet", description = "No error messages.")
  private boolean quiet;

  @Option(
      names = {"-d", "--debug"},
      description = "Tell what is connected, sent and subscribed.")
  private boolean debug;

  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  int qos() {
    return qos("-q", qos);
  }

  ClientProperties properties() {
    return ClientProperties.parse(properties);
  }

  boolean isV5() {
    return protocolVersion().isV5();
  }

  /// The topic behind `-L`, if any.
  Optional<String> urlTopic() {
    return Optional.ofNullable(url)
        .map(URI::getPath)
        .filter(path -> path.length() > 1)
        .map(path -> path.substring(1));
  }

  void debug(String format, Object... values) {
    if (debug) {
      System.err.printf(format + "%n", values);
    }
  }

  void error(String format, Object... values) {
    if (!quiet) {
      System.err.printf(format + "%n", values);
    }
  }

  MqttClientOptions connection() {
    var options =
        MqttClientOptions.to(hostName(), portNumber())
            .clientId(idPrefix == null ? clientId : idPrefix + ProcessHandle.current().pid())
            .keepAlive(keepAliveSeconds)
            .window(window)
            .session(!keepSession, expirySeconds())
            .version(protocolVersion())
            .properties(properties().connect());
    if (keepSession && clientId.isEmpty() && idPrefix == null) {
      throw new IllegalArgumentException("-c keeps a session, and -i names it: add -i ID");
    }
    options = named(options);
    if (willTopic != null) {
      options = options.will(will(willTopic));
    }
    if (unixSocket != null) {
      options = options.unixSocket(unixSocket);
    }
    if (bindAddress != null) {
      options = options.bindAddress(bindAddress);
    }
    if (proxy != null) {
      options = options.proxy(SocksProxy.parse(proxy));
    }
    secure.check(isTls());
    return isTls() ? secure.on(options.tls(tls(), !insecure)) : options;
  }

  private MqttClientOptions named(MqttClientOptions plain) {
    var info = url == null || url.getRawUserInfo() == null ? "" : url.getUserInfo();
    int colon = info.indexOf(':');
    var user = info.isEmpty() ? userName : colon < 0 ? info : info.substring(0, colon);
    var secret = colon < 0 ? password : info.substring(colon + 1);
    var options = user == null ? plain : plain.userName(user);
    return secret == null ? options : options.password(secret.getBytes(StandardCharsets.UTF_8));
  }

  private String hostName() {
    return url == null || url.getHost() == null ? host : url.getHost();
  }

  private int portNumber() {
    if (url != null && url.getPort() > 0) {
      return url.getPort();
    }
    return port > 0 ? port : isTls() ? 8883 : 1883;
  }

  private boolean isTls() {
    return authorityFile != null
        || authorityDirectory != null
        || usualAuthorities
        || (url != null && "mqtts".equals(url.getScheme()));
  }

  private TlsConfig tls() {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("--cert and --key go together; one of them is missing");
    }
    var authorities = authorityFile == null ? authorityDirectory : authorityFile;
    var config = TlsConfig.client(Optional.ofNullable(authorities));
    if (certificate != null && key != null) {
      config = config.identified(certificate, key, Optional.empty());
    }
    if (ciphers != null) {
      config = config.ciphered(List.of(ciphers.split(":", -1)));
    }
    return tlsVersion == null ? config : config.version(tlsVersion(tlsVersion));
  }

  private static String tlsVersion(String name) {
    return switch (name) {
      case "tlsv1.3" -> "TLSv1.3";
      case "tlsv1.2" -> "TLSv1.2";
      default ->
          throw new IllegalArgumentException(
              "--tls-version " + name + " is not spoken: tlsv1.3 or tlsv1.2");
    };
  }

  private Publish will(String topic) {
    return new Publish(
        TopicName.of(topic),
        willPayload.getBytes(StandardCharsets.UTF_8),
        qos("--will-qos", willQos),
        willRetain,
        false,
        0,
        properties().will());
  }

  private long expirySeconds() {
    if (sessionExpiry == null) {
      return keepSession ? NEVER_EXPIRES : 0;
    }
    if (sessionExpiry.equals("-1") || sessionExpiry.equals("\u221e")) {
      return NEVER_EXPIRES;
    }
    if (!sessionExpiry.matches("\\d{1,10}") || Long.parseLong(sessionExpiry) > NEVER_EXPIRES) {
      throw new IllegalArgumentException("-x " + sessionExpiry + " is not -1 to 4294967295");
    }
    return Long.parseLong(sessionExpiry);
  }

  private static int qos(String flag, int value) {
    if (value < 0 || value > 2) {
      throw new IllegalArgumentException(
          flag + " " + value + " is not a quality of service: 0, 1 or 2");
    }
    return value;
  }

  private ProtocolVersion protocolVersion() {
    return switch (version) {
      case "mqttv31", "31" -> ProtocolVersion.V3_1;
      case "mqttv311", "311" -> ProtocolVersion.V3_1_1;
      case "mqttv5", "5" -> ProtocolVersion.V5;
      default ->
          throw new IllegalArgumentException(
              "-V " + version + " is not a version: mqttv31, mqttv311 or mqttv5");
    };
  }
}
