package io.millrace.wire.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates are believed.
final class TlsTrust {
  private TlsTrust() {}

  static TrustManagerFactory of(Optional<Path> authorities, Optional<Path> revoked) {
    var place =
        authorities.orElseThrow(
            () ->
                new TlsFileException(
                    "A revocation list without authorities; name those who signed it as well"));
    try {
      var signers = keyStore(place);
      var factory = TrustManagerFactory.getInstance("PKIX");
      if (revoked.isEmpty()) {
        factory.init(signers);
        return factory;
      }
      var parameters = new PKIXBuilderParameters(signers, new X509CertSelector());
      parameters.setRevocationEnabled(true);
      var lists = new CollectionCertStoreParameters(lists(revoked.get()));
      parameters.addCertStore(CertStore.getInstance("Collection", lists));
      factory.init(new CertPathTrustManagerParameters(parameters));
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsFileException(
          "%s cannot be used as authorities: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static KeyStore keyStore(Path place) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (var certificate : PemFiles.authorities(place)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }

  private static List<?> lists(Path file) throws GeneralSecurityException {
    var all =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCRLs(new ByteArrayInputStream(PemFiles.bytes(file))));
    if (all.isEmpty()) {
      throw new TlsFileException(file + " holds no certificate revocation list");
    }
    return all;
  }
}
