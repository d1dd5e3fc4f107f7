package io.millrace.wire.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// PEM files: blocks of base64 between BEGIN and END lines.
final class PemFiles {
  private static final long BYTES_MAX = 16_000_000;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([\\s\\S]*?)-----END \\1-----");

  private PemFiles() {}

  /// @param label what stands behind BEGIN
  /// @param headers lines as `Proc-Type: 4,ENCRYPTED`, when there are any
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(String label, String headers, byte[] der) {}

  static List<Block> blocks(Path file) {
    var text = new String(bytes(file), StandardCharsets.ISO_8859_1);
    var all = new ArrayList<Block>();
    var found = BLOCK.matcher(text);
    while (found.find()) {
      all.add(block(found.group(1), found.group(2), file));
    }
    return all;
  }

  static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new TlsFileException(file + " is a directory; name the PEM file in it");
      }
      if (Files.size(file) > BYTES_MAX) {
        throw new TlsFileException(
            "%s has %d bytes; no PEM file is that long".formatted(file, Files.size(file)));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TlsFileException(
          "%s cannot be read (%s). Check the path, and that the user who runs Millrace may read it."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  /// All certificates of a file, in its order; at least one.
  static List<X509Certificate> certificates(Path file) {
    var all = new ArrayList<X509Certificate>();
    for (var block : blocks(file)) {
      if (block.label().endsWith("CERTIFICATE")) {
        all.add(certificate(block.der(), file));
      }
    }
    if (all.isEmpty()) {
      throw new TlsFileException(noCertificate(file));
    }
    return all;
  }

  /// Certificates of a file, or of every file in a directory that holds some.
  static List<X509Certificate> authorities(Path place) {
    if (!Files.isDirectory(place)) {
      return certificates(place);
    }
    var all = new ArrayList<X509Certificate>();
    try (Stream<Path> files = Files.list(place)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (blocks(file).stream().anyMatch(block -> block.label().endsWith("CERTIFICATE"))) {
          all.addAll(certificates(file));
        }
      }
    } catch (IOException e) {
      throw new TlsFileException(
          "The directory %s cannot be read: %s".formatted(place, e.getMessage()), e);
    }
    if (all.isEmpty()) {
      throw new TlsFileException(
          "The directory %s holds no PEM file with a certificate".formatted(place));
    }
    return all;
  }

  private static Block block(String label, String body, Path file) {
    int gap = body.lastIndexOf("\n\n");
    gap = gap < 0 ? body.lastIndexOf("\r\n\r\n") : gap;
    boolean hasHeaders = body.contains(":") && gap > 0;
    var headers = hasHeaders ? body.substring(0, gap) : "";
    var base64 = hasHeaders ? body.substring(gap) : body;
    try {
      return new Block(label, headers, Base64.getMimeDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(
          "%s: the block %s is not base64; the file was cut or changed".formatted(file, label), e);
    }
  }

  private static X509Certificate certificate(byte[] der, Path file) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new TlsFileException(
          "%s holds a certificate that cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String noCertificate(Path file) {
    var labels = blocks(file).stream().map(Block::label).toList();
    if (labels.stream().anyMatch(label -> label.endsWith("PRIVATE KEY"))) {
      return "%s holds a private key and no certificate; are the certificate and the key swapped?"
          .formatted(file);
    }
    return "%s holds no PEM certificate (-----BEGIN CERTIFICATE-----). Convert DER with: openssl x509 -inform der -in %s -out cert.pem"
        .formatted(file, file);
  }
}
