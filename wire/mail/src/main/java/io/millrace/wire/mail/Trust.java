package io.millrace.wire.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Which mail servers are believed to be who they say: those of Java's authorities, and of one
// file.
final class Trust {
  private Trust() {}

  /// Empty when there is no file: Java's own trust is enough.
  ///
  /// @throws IllegalArgumentException when the file cannot be read or holds no certificate
  static Optional<SSLSocketFactory> of(String file) {
    if (file.isBlank()) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(Path.of(file))) {
      var own = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw new GeneralSecurityException("it holds no certificate");
      }
      var all = new ArrayList<Certificate>(own);
      all.addAll(javas());
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(store(all)).getTrustManagers(), null);
      return Optional.of(context.getSocketFactory());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "mail.trustFile=%s: give a PEM file of certificates. %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static KeyStore store(List<Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }

  private static List<Certificate> javas() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (var each : factory.getTrustManagers()) {
      if (each instanceof X509TrustManager manager) {
        return List.of(manager.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
