package io.millrace.wire.mqtt;

/// Which part of a client's certificate is its user name.
public enum CertificateIdentity {
  /// The certificate opens the connection only; user name and password are asked as elsewhere.
  NONE,
  /// The common name (CN) of the subject.
  COMMON_NAME,
  /// The whole subject, as RFC 2253 writes it: `CN=pump,O=Plant`.
  SUBJECT
}
