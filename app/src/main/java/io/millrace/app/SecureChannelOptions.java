package io.millrace.app;

import io.millrace.wire.mqtt.MqttClientOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of `pub` and `sub` around TLS that few need; what Java's TLS has not is refused with
/// what to do instead.
final class SecureChannelOptions {
  @Option(
      names = "--tls-alpn",
      paramLabel = "PROTOCOL",
      description = "Protocol that TLS asks for, as x-amzn-mqtt-ca.")
  private @Nullable String alpn;

  @Option(names = "--psk", paramLabel = "HEX", description = "Refused: see --psk-identity.")
  private @Nullable String presharedKey;

  @Option(
      names = "--psk-identity",
      paramLabel = "NAME",
      description = "Refused: Java's TLS has no pre-shared keys; use certificates.")
  private @Nullable String presharedKeyIdentity;

  @Option(
      names = "--tls-engine",
      paramLabel = "ENGINE",
      description = "Refused: there are no OpenSSL engines; use --key.")
  private @Nullable String engine;

  @Option(
      names = "--tls-engine-kpass-sha1",
      paramLabel = "SHA1",
      description = "Refused, as --tls-engine.")
  private @Nullable String enginePassword;

  @Option(names = "--keyform", description = "pem, which it always is.")
  private @Nullable String keyForm;

  /// Refuses what cannot be done.
  ///
  /// @throws IllegalArgumentException saying what to do instead
  void check(boolean isTls) {
    if (presharedKey != null || presharedKeyIdentity != null) {
      throw new IllegalArgumentException(
          "--psk and --psk-identity: Java's TLS has no pre-shared keys. Use --cafile, with --cert"
              + " and --key or a password (-u, -P), on a listener of the broker with a"
              + " certificate");
    }
    if (engine != null || enginePassword != null || "engine".equals(keyForm)) {
      throw new IllegalArgumentException(
          "--tls-engine, --tls-engine-kpass-sha1 and --keyform engine: there are no OpenSSL engines"
              + " here. Give the key as a PEM file with --key");
    }
    if (keyForm != null && !keyForm.equals("pem")) {
      throw new IllegalArgumentException("--keyform " + keyForm + " is not known: pem");
    }
    if (alpn != null && !isTls) {
      throw new IllegalArgumentException(
          "--tls-alpn is part of TLS: add --cafile, --capath or --tls-use-os-certs");
    }
  }

  MqttClientOptions on(MqttClientOptions options) {
    return alpn == null ? options : options.alpn(alpn);
  }
}
