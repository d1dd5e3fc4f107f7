package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// How an [MqttClient] connects. Start with [#to] and change what differs; each change is a copy.
public final class MqttClientOptions implements Cloneable {
  private final String host;
  private final int port;
  private String clientId = "";
  private ProtocolVersion version = ProtocolVersion.V3_1_1;
  private Optional<String> userName = Optional.empty();
  private Optional<byte[]> password = Optional.empty();
  private boolean cleanStart = true;
  private long sessionExpirySeconds;
  private int keepAliveSeconds = 60;
  private Optional<Publish> will = Optional.empty();
  private int window = 100;
  private Duration timeout = Duration.ofSeconds(10);
  private Optional<TlsConfig> tls = Optional.empty();
  private boolean checksHostName = true;
  private Optional<String> unixSocket = Optional.empty();
  private Optional<String> bindAddress = Optional.empty();
  private Optional<SocksProxy> proxy = Optional.empty();
  private Optional<String> alpn = Optional.empty();
  private Properties properties = Properties.NONE;
  private boolean bridge;

  private MqttClientOptions(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /// MQTT 3.1.1, clean start, no name, keep alive 60 s, window 100, timeout 10 s.
  public static MqttClientOptions to(String host, int port) {
    return new MqttClientOptions(host, port);
  }

  /// Empty lets the server assign one.
  public MqttClientOptions clientId(String id) {
    return with(copy -> copy.clientId = id);
  }

  public MqttClientOptions version(ProtocolVersion other) {
    return with(copy -> copy.version = other);
  }

  public MqttClientOptions userName(String name) {
    return with(copy -> copy.userName = Optional.of(name));
  }

  public MqttClientOptions password(byte[] secret) {
    return with(copy -> copy.password = Optional.of(secret));
  }

  /// Keeps the session after the connection, for that long (older versions: for ever).
  public MqttClientOptions session(boolean clean, long expirySeconds) {
    return with(
        copy -> {
          copy.cleanStart = clean;
          copy.sessionExpirySeconds = expirySeconds;
        });
  }

  public MqttClientOptions keepAlive(int seconds) {
    return with(copy -> copy.keepAliveSeconds = seconds);
  }

  public MqttClientOptions will(Publish message) {
    return with(copy -> copy.will = Optional.of(message));
  }

  /// Messages above QoS 0 that may be unacknowledged at a time.
  public MqttClientOptions window(int messages) {
    return with(copy -> copy.window = messages);
  }

  /// Of connecting, and of each acknowledgement that a caller waits for.
  public MqttClientOptions timeout(Duration longest) {
    return with(copy -> copy.timeout = longest);
  }

  /// Speaks TLS.
  ///
  /// @param checkHostName false accepts a certificate of another name, as `--insecure` does
  public MqttClientOptions tls(TlsConfig config, boolean checkHostName) {
    return with(
        copy -> {
          copy.tls = Optional.of(config);
          copy.checksHostName = checkHostName;
        });
  }

  /// Connects to a Unix socket instead of host and port.
  public MqttClientOptions unixSocket(String file) {
    return with(copy -> copy.unixSocket = Optional.of(file));
  }

  /// The own address that the connection goes out from.
  public MqttClientOptions bindAddress(String address) {
    return with(copy -> copy.bindAddress = Optional.of(address));
  }

  /// Connects through a SOCKS5 proxy.
  public MqttClientOptions proxy(SocksProxy through) {
    return with(copy -> copy.proxy = Optional.of(through));
  }

  /// The protocol that TLS asks for (ALPN), for services that tell by it what comes.
  public MqttClientOptions alpn(String protocol) {
    return with(copy -> copy.alpn = Optional.of(protocol));
  }

  /// More properties of CONNECT (5.0), beside the session expiry.
  public MqttClientOptions properties(Properties more) {
    return with(copy -> copy.properties = more);
  }

  /// Says to be another broker, in Mosquitto's way: nothing comes back that was sent.
  public MqttClientOptions bridge(boolean isBridge) {
    return with(copy -> copy.bridge = isBridge);
  }

  Optional<TlsConfig> tls() {
    return tls;
  }

  boolean checksHostName() {
    return checksHostName;
  }

  Optional<String> unixSocket() {
    return unixSocket;
  }

  Optional<String> bindAddress() {
    return bindAddress;
  }

  Optional<SocksProxy> proxy() {
    return proxy;
  }

  Optional<String> alpn() {
    return alpn;
  }

  Properties properties() {
    return properties;
  }

  boolean isBridge() {
    return bridge;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String clientId() {
    return clientId;
  }

  ProtocolVersion version() {
    return version;
  }

  Optional<String> userName() {
    return userName;
  }

  Optional<byte[]> password() {
    return password;
  }

  boolean cleanStart() {
    return cleanStart;
  }

  /// MQTT 5.0 only; older versions keep the session unless [#cleanStart].
  long sessionExpirySeconds() {
    return sessionExpirySeconds;
  }

  int keepAliveSeconds() {
    return keepAliveSeconds;
  }

  Optional<Publish> will() {
    return will;
  }

  int window() {
    return window;
  }

  /// Of connecting, and of each acknowledgement that a caller waits for.
  Duration timeout() {
    return timeout;
  }

  private MqttClientOptions with(Consumer<MqttClientOptions> change) {
    try {
      var copy = (MqttClientOptions) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Cloneable, as declared", e);
    }
  }
}
