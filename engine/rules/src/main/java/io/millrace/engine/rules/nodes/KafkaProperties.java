package io.millrace.engine.rules.nodes;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The settings of a Kafka producer that a tenant may choose.
///
/// Kafka's client loads classes and reads files that its settings name; those stay with whoever
/// runs the process.
final class KafkaProperties {
  private static final Set<String> ALLOWED =
      Set.of(
          "client.id",
          "compression.type",
          "compression.gzip.level",
          "compression.lz4.level",
          "compression.zstd.level",
          "connections.max.idle.ms",
          "delivery.timeout.ms",
          "enable.idempotence",
          "max.block.ms",
          "max.in.flight.requests.per.connection",
          "max.request.size",
          "metadata.max.age.ms",
          "reconnect.backoff.max.ms",
          "reconnect.backoff.ms",
          "request.timeout.ms",
          "retry.backoff.max.ms",
          "retry.backoff.ms",
          "sasl.jaas.config",
          "sasl.mechanism",
          "security.protocol",
          "send.buffer.bytes",
          "ssl.endpoint.identification.algorithm",
          "ssl.key.password",
          "ssl.keystore.certificate.chain",
          "ssl.keystore.key",
          "ssl.keystore.type",
          "ssl.truststore.certificates",
          "ssl.truststore.type");
  private static final Pattern LOG_IN =
      Pattern.compile(
          "org\\.apache\\.kafka\\.common\\.security\\.(plain\\.PlainLoginModule"
              + "|scram\\.ScramLoginModule)\\s+required\\s+(\\w+=(\"[^\"]*\"|'[^']*')\\s*)*;\\s*");

  private KafkaProperties() {}

  /// @throws IllegalArgumentException naming the one that may not be set
  static void check(Map<String, String> properties) {
    for (var name : properties.keySet()) {
      if (!ALLOWED.contains(name)) {
        throw new IllegalArgumentException(
            "otherProperties has %s, which a rule node may not set. Remove it; certificates and keys go in as text (ssl.truststore.certificates, ssl.keystore.key) with type PEM."
                .formatted(name));
      }
    }
    var logIn = properties.get("sasl.jaas.config");
    if (logIn != null && !LOG_IN.matcher(logIn.strip()).matches()) {
      throw new IllegalArgumentException(
          "sasl.jaas.config must be one PlainLoginModule or ScramLoginModule of Kafka's, as in"
              + " org.apache.kafka.common.security.plain.PlainLoginModule required username=\"…\""
              + " password=\"…\";");
    }
    for (var type : new String[] {"ssl.keystore.type", "ssl.truststore.type"}) {
      if (!properties.getOrDefault(type, "PEM").equals("PEM")) {
        throw new IllegalArgumentException("%s must be PEM.".formatted(type));
      }
    }
  }
}
