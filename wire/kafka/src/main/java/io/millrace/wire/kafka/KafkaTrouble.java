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
          "TLS with Kafka at %s failed (%s); check kafka.ssl.truststore, the broker's certificate and kafka.security.protocol"
              .formatted(servers, text(deepest(e)));
      case ClusterAuthorizationException e ->
          "Kafka at %s does not let user '%s' ask about the cluster (%s); grant it DESCRIBE on the cluster"
              .formatted(servers, config.sasl().user(), text(e));
      case ConfigException e -> settings(e, servers);
      case TimeoutException _ -> noAnswer(config, servers);
      case KafkaException e when deepest(e) instanceof ConfigException wrong ->
          settings(wrong, servers);
      case KafkaException e -> settings(deepest(e), servers);
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

  private static String settings(Throwable e, String servers) {
    if (deepest(e) instanceof UnknownHostException || text(e).contains("resolvable")) {
      return "No host of kafka.bootstrap.servers=%s has an address; check the names"
          .formatted(servers);
    }
    return "The settings for Kafka at %s do not work: %s".formatted(servers, text(e));
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
