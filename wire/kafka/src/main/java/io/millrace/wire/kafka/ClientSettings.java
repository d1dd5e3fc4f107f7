package io.millrace.wire.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/// Our settings in Kafka's words.
final class ClientSettings {
  private ClientSettings() {}

  /// What every client needs; the broker inside this process is reached without log-in.
  static Map<String, Object> of(Config config, String bootstrapServers) {
    var settings = new HashMap<String, Object>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "millrace");
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    settings.put("enable.metrics.push", false); // KIP-714: nobody collects them
    settings.put("auto.include.jmx.reporter", false);
    settings.put("metric.reporters", "");
    if (config.mode() == KafkaHealth.Mode.CLUSTER) {
      secure(config, settings);
    }
    return settings;
  }

  private static void secure(Config config, Map<String, Object> settings) {
    var protocol = config.security().protocol();
    settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
    if (protocol.hasLogin()) {
      settings.put(SaslConfigs.SASL_MECHANISM, config.sasl().mechanism());
      settings.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(config.sasl()));
    }
    if (protocol.hasTls()) {
      tls(config.ssl(), settings);
    }
  }

  private static String jaas(Config.Sasl sasl) {
    var module = sasl.mechanism().equals("PLAIN") ? "plain.Plain" : "scram.Scram";
    return "org.apache.kafka.common.security.%sLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(module, quoted(sasl.user()), quoted(sasl.password()));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static void tls(Config.Ssl ssl, Map<String, Object> settings) {
    if (!ssl.truststore().isEmpty()) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, ssl.truststore());
      settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, type(ssl.truststore()));
      put(settings, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, ssl.truststorePassword());
    }
    if (!ssl.keystore().isEmpty()) {
      settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, ssl.keystore());
      settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, type(ssl.keystore()));
      put(settings, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, ssl.keystorePassword());
      put(settings, SslConfigs.SSL_KEY_PASSWORD_CONFIG, ssl.keyPassword());
    }
    if (!ssl.checkHostName()) {
      settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
    }
  }

  private static void put(Map<String, Object> settings, String name, String value) {
    if (!value.isEmpty()) {
      settings.put(name, value);
    }
  }

  private static String type(String file) {
    var name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".jks")) {
      return "JKS";
    }
    return name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS12" : "PEM";
  }
}
