package io.millrace.wire.kafka;

import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Why Kafka does not answer, in words that lead to the cure.
final class KafkaTrouble {
  private KafkaTrouble() {}

  static String of(Throwable fault, Config config, String servers) {
    var cause = cause(fault);
    return switch (cause) {
      case SaslAuthenticationException e ->
          "Kafka at %s refused the log-in of user '%s' with %s (%s); check kafka.sasl.user, kafka.sasl.password and kafka.sasl.mechanism"
              .formatted(servers, config.sasl().user(), config.sasl().mechanism(), text(e));
      case SslAuthenticationException e ->
          "TLS with Kafka at %s failed (%s); %s"
              .formatted(servers, text(deepest(e)), tlsCure(text(deepest(e))));
      case ClusterAuthorizationException e ->
          "Kafka at %s does not let user '%s' ask about the cluster (%s); grant it DESCRIBE on the cluster"
              .formatted(servers, config.sasl().user(), text(e));
      case ConfigException e -> settings(e, config, servers);
      case TimeoutException _ -> noAnswer(config, servers);
      case KafkaException e when deepest(e) instanceof ConfigException wrong ->
          settings(wrong, config, servers);
      case KafkaException e -> settings(deepest(e), config, servers);
      default -> "Kafka at %s: %s".formatted(servers, text(cause));
    };
  }

  /// Exceptions of futures carry the real one.
  static Throwable cause(Throwable fault) {
    var inner = fault.getCause();
    return (fault instanceof ExecutionException || fault instanceof CompletionException)
            && inner != null
        ? cause(inner)
        : fault;
  }

  private static String noAnswer(Config config, String servers) {
    return config.mode() == KafkaHealth.Mode.EMBEDDED
        ? "The Kafka broker inside this process does not answer at %s; it is asked again every %s"
            .formatted(servers, seconds(config))
        : "Kafka does not answer at %s (kafka.bootstrap.servers) over %s (kafka.security.protocol); check that it runs there and which protocol that listener speaks. It is asked again every %s"
            .formatted(servers, config.security().protocol(), seconds(config));
  }

  private static String seconds(Config config) {
    return config.checkInterval().toMillis() / 1_000.0 + " s";
  }

  private static String settings(Throwable e, Config config, String servers) {
    if (deepest(e) instanceof UnknownHostException || text(e).contains("resolvable")) {
      return "No host of kafka.bootstrap.servers=%s has an address; check the names"
          .formatted(servers);
    }
    var cure =
        config.security().protocol().hasTls()
            ? "; check the files and passwords of kafka.ssl.truststore and kafka.ssl.keystore"
            : "";
    return "The settings for Kafka at %s do not work: %s%s".formatted(servers, text(e), cure);
  }

  /// Of what Java's TLS says about a failed handshake.
  private static String tlsCure(String said) {
    if (said.contains("certificate_required") || said.contains("bad_certificate")) {
      return "the broker wants a certificate that it trusts; set kafka.ssl.keystore to a file with"
          + " ours and its key";
    }
    if (said.contains("subject alternative") || said.contains("No name matching")) {
      return "the broker's certificate is for another host name; use that name in"
          + " kafka.bootstrap.servers, or set kafka.ssl.checkHostName=false";
    }
    return "check kafka.ssl.truststore, which must hold the authority of the broker's certificate,"
        + " and kafka.security.protocol";
  }

  private static Throwable deepest(Throwable e) {
    var inner = e.getCause();
    return inner == null ? e : deepest(inner);
  }

  private static String text(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
