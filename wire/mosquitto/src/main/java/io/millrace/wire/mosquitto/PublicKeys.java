package io.millrace.wire.mosquitto;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// A public key in PEM: `PUBLIC KEY`, or inside a `CERTIFICATE`.
final class PublicKeys {
  private PublicKeys() {}

  static JWK parse(Path file, List<String> lines) {
    var text = String.join("\n", lines);
    try {
      return jwk(text.contains("BEGIN CERTIFICATE") ? ofCertificate(text) : ofKey(text));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new FileFault(
          "%s holds no public key in PEM of the kind RSA or EC (-----BEGIN PUBLIC KEY-----)"
              .formatted(file));
    }
  }

  private static JWK jwk(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
      case ECPublicKey ec ->
          new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
      default -> throw new IllegalArgumentException(key.getAlgorithm());
    };
  }

  private static PublicKey ofCertificate(String text) throws GeneralSecurityException {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes))
        .getPublicKey();
  }

  private static PublicKey ofKey(String text) throws GeneralSecurityException {
    int begin = text.indexOf("-----BEGIN PUBLIC KEY-----");
    int end = text.indexOf("-----END PUBLIC KEY-----");
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no public key");
    }
    var spec =
        new X509EncodedKeySpec(
            Base64.getMimeDecoder()
                .decode(text.substring(begin + "-----BEGIN PUBLIC KEY-----".length(), end)));
    try {
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (GeneralSecurityException notRsa) {
      return KeyFactory.getInstance("EC").generatePublic(spec);
    }
  }
}
