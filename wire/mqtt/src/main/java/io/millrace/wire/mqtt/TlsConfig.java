package io.millrace.wire.mqtt;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files and rules of TLS on one side of a connection.
///
/// @param certificate PEM: the own certificate, then the chain above it; clients may have none
/// @param key PEM: its private key, PKCS#8, PKCS#1 or SEC 1
/// @param keyPassphrase for an encrypted PKCS#8 key
/// @param authorities PEM file, or a directory of PEM files, of those who may sign the other side's
///     certificate; on the client side empty means those that Java trusts
/// @param requireCertificate server side: no client without a certificate
/// @param revoked PEM or DER file of certificate revocation lists
/// @param versions as `TLSv1.3`; empty allows 1.2 and 1.3
/// @param ciphers names as Java or OpenSSL has them; empty leaves the choice to Java
public record TlsConfig(
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<String> keyPassphrase,
    Optional<Path> authorities,
    boolean requireCertificate,
    Optional<Path> revoked,
    List<String> versions,
    List<String> ciphers) {

  /// A server with these two files and nothing asked of clients.
  public static TlsConfig server(Path certificate, Path key) {
    return new TlsConfig(
        Optional.of(certificate),
        Optional.of(key),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /// A client that trusts these authorities, or Java's when empty.
  public static TlsConfig client(Optional<Path> authorities) {
    return new TlsConfig(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        authorities,
        false,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /// The same, asking every client for a certificate signed by one of `signers`.
  public TlsConfig mutual(Path signers) {
    return new TlsConfig(
        certificate, key, keyPassphrase, Optional.of(signers), true, revoked, versions, ciphers);
  }

  /// The same speaking this version alone.
  public TlsConfig version(String version) {
    return new TlsConfig(
        certificate,
        key,
        keyPassphrase,
        authorities,
        requireCertificate,
        revoked,
        List.of(version),
        ciphers);
  }

  /// The same with these cipher suites alone.
  public TlsConfig ciphered(List<String> suites) {
    return new TlsConfig(
        certificate,
        key,
        keyPassphrase,
        authorities,
        requireCertificate,
        revoked,
        versions,
        suites);
  }

  /// The same with a certificate of its own.
  public TlsConfig identified(Path own, Path itsKey, Optional<String> passphrase) {
    return new TlsConfig(
        Optional.of(own),
        Optional.of(itsKey),
        passphrase,
        authorities,
        requireCertificate,
        revoked,
        versions,
        ciphers);
  }
}
