package io.millrace.wire.user;

import io.millrace.wire.http.HttpError;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// A certificate as a device's credentials: itself as PEM, or its fingerprint.
final class CertificateCredentials {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private CertificateCredentials() {}

  // ThingsBoard: the SHA3-256 of the base64 text; `wire/device` looks for the same
  static String id(Fields body) {
    var certificate = value(body);
    return certificate.isEmpty() ? fingerprint(body) : MqttBasic.sha3(certificate);
  }

  /// The certificate as ThingsBoard keeps it, base64 without lines; empty when a fingerprint is
  /// all there is.
  static String value(Fields body) {
    var value = body.text("credentialsValue", "");
    if (!value.isBlank()) {
      return base64("credentialsValue", value);
    }
    var id = body.text("credentialsId", "");
    return id.contains("BEGIN CERTIFICATE") ? base64("credentialsId", id) : "";
  }

  private static String fingerprint(Fields body) {
    var given = body.text("credentialsId").replace(":", "").toLowerCase(Locale.ROOT);
    if (!FINGERPRINT.matcher(given).matches()) {
      throw HttpError.badField(
          "credentialsId",
          "is no fingerprint of a certificate (64 hexadecimal digits, as 'openssl x509 -fingerprint"
              + " -sha256 -noout -in FILE' prints them); or give the certificate in PEM as"
              + " credentialsValue");
    }
    return given;
  }

  private static String base64(String field, String text) {
    var block = BLOCK.matcher(text);
    var body = (block.find() ? block.group(1) : text).replaceAll("\\s", "");
    try {
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(body)));
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateException | IllegalArgumentException e) {
      throw HttpError.badField(
          field, "holds no certificate in PEM (-----BEGIN CERTIFICATE-----): " + e.getMessage());
    }
  }
}
