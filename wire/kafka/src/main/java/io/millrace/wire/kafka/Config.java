package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.wire.kafkabroker.BrokerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Settings under `kafka.`.
public record Config(
    @Doc(
            "Run an Apache Kafka broker inside this process. `demo` does; it is not started when"
                + " kafka.bootstrap.servers is set.")
        @Default("false")
        boolean embedded,
    @Doc("Port of the broker inside this process; 0 picks a free one.")
        @Default("9092")
        @Limit(min = 0, max = 65_535)
        int port,
    @Doc(
            "Host name that the broker inside this process tells its clients to dial. Empty:"
                + " bind.address, or localhost when that means all interfaces.")
        @Default("")
        String advertisedHost,
    Bootstrap bootstrap,
    Security security,
    Sasl sasl,
    Ssl ssl,
    @Doc("How often Kafka is asked whether it is there.") @Default("5s") Duration checkInterval,
    @Doc("Longest wait for an answer of Kafka to a question of the API.") @Default("10s")
        Duration requestTimeout,
    @Doc("Longest time a record is tried to be sent before it counts as failed.") @Default("2min")
        Duration deliveryTimeout,
    @Doc("How long a record waits for others that are sent with it; fewer, larger requests.")
        @Default("5ms")
        Duration linger,
    @Doc("Memory for records that wait to be sent, in bytes.")
        @Default("32MB")
        @Limit(min = 1 << 20)
        long sendBufferBytes,
    @Doc("Largest record that is sent, and that the broker inside this process takes.")
        @Default("8MB")
        @Limit(min = 1_024, max = 1 << 30)
        int recordBytesMax,
    @Doc("How long the broker inside this process keeps records, unless the topic says otherwise.")
        @Default("7d")
        Duration retention,
    @Doc(
            "How much of a partition the broker inside this process keeps, unless the topic says"
                + " otherwise.")
        @Default("1GB")
        @Limit(min = 1 << 20)
        long retentionBytes,
    @Doc(
            "Whether the broker inside this process forces every write to the disk before it"
                + " acknowledges: safe in a power cut, and slow.")
        @Default("false")
        boolean flush,
    @Doc("Longest time that the broker inside this process gets to stop.") @Default("10s")
        Duration closeTimeout) {

  /// Settings under `kafka.bootstrap.`.
  public record Bootstrap(
      @Doc(
              "Your own Kafka: host:port of one or more of its brokers. Then no broker is started"
                  + " here.")
          @Default("")
          List<String> servers) {}

  /// Settings under `kafka.security.`.
  public record Security(
      @Doc("How your Kafka's listener is reached.") @Default("plaintext") Protocol protocol) {}

  /// Kafka's names of TLS and log-in together.
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    boolean hasLogin() {
      return this == SASL_PLAINTEXT || this == SASL_SSL;
    }

    boolean hasTls() {
      return this == SSL || this == SASL_SSL;
    }
  }

  /// Settings under `kafka.sasl.`.
  public record Sasl(
      @Doc("PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.") @Default("PLAIN") String mechanism,
      @Doc("User name for your Kafka.") @Default("") String user,
      @Doc("Password for your Kafka.") @Default("") String password) {
    private static final List<String> MECHANISMS =
        List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    public Sasl {
      if (!MECHANISMS.contains(mechanism)) {
        throw new IllegalArgumentException(
            "kafka.sasl.mechanism=%s is not one of %s"
                .formatted(mechanism, String.join(", ", MECHANISMS)));
      }
    }
  }

  /// Settings under `kafka.ssl.`; files are PEM, PKCS12 (`.p12`, `.pfx`) or JKS (`.jks`).
  public record Ssl(
      @Doc("File with the certificates to trust. Empty: those that Java trusts.") @Default("")
          String truststore,
      @Doc("Password of the truststore; none for PEM.") @Default("") String truststorePassword,
      @Doc("File with our certificate and key, if your Kafka wants one.") @Default("")
          String keystore,
      @Doc("Password of the keystore; none for PEM.") @Default("") String keystorePassword,
      @Doc("Password of the key in it, if it has one of its own.") @Default("") String keyPassword,
      @Doc("Whether the host name must be the one in the broker's certificate.") @Default("true")
          boolean checkHostName) {}

  public Config {
    if (!sasl.user().isEmpty() && !security.protocol().hasLogin()) {
      throw new IllegalArgumentException(
          "kafka.sasl.user=%s is set, but kafka.security.protocol=%s sends no user; set it to sasl_ssl or sasl_plaintext, or remove the user"
              .formatted(sasl.user(), security.protocol()));
    }
    if (security.protocol().hasLogin() && sasl.user().isEmpty()) {
      throw new IllegalArgumentException(
          "kafka.security.protocol=%s wants a log-in; set kafka.sasl.user and kafka.sasl.password"
              .formatted(security.protocol()));
    }
    for (var server : bootstrap.servers()) {
      if (!server.matches("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):\\d{1,5}")) {
        throw new IllegalArgumentException(
            "kafka.bootstrap.servers=%s is not host:port; write for example broker1:9092,broker2:9092"
                .formatted(server));
      }
    }
  }

  BrokerOptions broker(Path directory, String bindAddress) {
    return new BrokerOptions(
        directory,
        bindAddress,
        port,
        advertised(bindAddress),
        recordBytesMax,
        retention,
        retentionBytes,
        flush,
        closeTimeout);
  }

  private String advertised(String bindAddress) {
    if (!advertisedHost.isEmpty()) {
      return advertisedHost;
    }
    boolean everywhere = bindAddress.equals("0.0.0.0") || bindAddress.equals("::");
    return everywhere || bindAddress.equals("127.0.0.1") ? "localhost" : bindAddress;
  }

  KafkaHealth.Mode mode() {
    if (!bootstrap.servers().isEmpty()) {
      return KafkaHealth.Mode.CLUSTER;
    }
    return embedded ? KafkaHealth.Mode.EMBEDDED : KafkaHealth.Mode.OFF;
  }
}
