package io.millrace.wire.mqtt;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Private keys of PEM files, in each form that OpenSSL has written them.
final class PemKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private PemKeys() {}

  static PrivateKey privateKey(Path file, Optional<String> passphrase) {
    for (var block : PemFiles.blocks(file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(block, file, passphrase);
      }
    }
    boolean isCertificate =
        PemFiles.blocks(file).stream().anyMatch(block -> block.label().endsWith("CERTIFICATE"));
    throw new TlsFileException(
        isCertificate
            ? file
                + " holds a certificate and no private key; are the certificate and the key"
                + " swapped?"
            : file + " holds no PEM private key (-----BEGIN PRIVATE KEY-----)");
  }

  /// Refuses a key that does not belong to the certificate.
  static void check(X509Certificate certificate, Path file, PrivateKey key, Path keyFile) {
    try {
      var algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "";
          };
      if (algorithm.isEmpty()) {
        return;
      }
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(certificate.getSignature());
      var signed = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(certificate.getSignature());
      if (signer.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      // another kind of key than the certificate's: said below
    }
    throw new TlsFileException(
        "The key in %s does not belong to the certificate in %s (%s); name the pair that was made together"
            .formatted(keyFile, file, certificate.getSubjectX500Principal()));
  }

  private static PrivateKey key(PemFiles.Block block, Path file, Optional<String> passphrase) {
    if (block.headers().contains("ENCRYPTED")) {
      throw new TlsFileException(
          "%s is encrypted in OpenSSL's old way. Convert it once: openssl pkcs8 -topk8 -in %s -out key.pem"
              .formatted(file, file));
    }
    var der =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.der();
          case "ENCRYPTED PRIVATE KEY" -> decrypt(block.der(), file, passphrase);
          case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(block.der());
          case "EC PRIVATE KEY" -> Der.pkcs8OfEc(block.der());
          default ->
              throw new TlsFileException(
                  "%s holds a %s, which TLS here cannot use; make an RSA or EC key"
                      .formatted(file, block.label()));
        };
    return key(der, file);
  }

  private static PrivateKey key(byte[] pkcs8, Path file) {
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // the next kind
      }
    }
    throw new TlsFileException(
        file
            + " holds a private key that is damaged or of an unknown kind (RSA, EC and Ed25519"
            + " work)");
  }

  private static byte[] decrypt(byte[] der, Path file, Optional<String> passphrase) {
    var secret =
        passphrase.orElseThrow(
            () ->
                new TlsFileException(
                    file
                        + " is encrypted; set its pass phrase (keyPassphrase), or take it off:"
                        + " openssl pkcs8 -in key.pem -out plain.pem"));
    try {
      var sealed = new EncryptedPrivateKeyInfo(der);
      var name = sealed.getAlgParameters() == null ? "" : sealed.getAlgParameters().toString();
      var algorithm = name.startsWith("PBE") ? name : sealed.getAlgName();
      var key =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(secret.toCharArray()));
      var cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, sealed.getAlgParameters());
      return sealed.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new TlsFileException(
          "%s cannot be opened with the pass phrase that is set; check keyPassphrase"
              .formatted(file),
          e);
    }
  }
}
