package io.millrace.wire.mqtt;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// The user name that a certificate stands for.
final class CertificateNames {
  private CertificateNames() {}

  static Optional<String> of(List<X509Certificate> certificates, CertificateIdentity identity) {
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    var subject = certificates.getFirst().getSubjectX500Principal();
    return switch (identity) {
      case NONE -> Optional.empty();
      case SUBJECT -> Optional.of(subject.getName());
      case COMMON_NAME -> commonName(subject.getName());
    };
  }

  private static Optional<String> commonName(String subject) {
    try {
      return new LdapName(subject)
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .filter(name -> !name.isEmpty())
              .reduce((_, last) -> last);
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
