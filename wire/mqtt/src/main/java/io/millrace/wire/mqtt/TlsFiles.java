package io.millrace.wire.mqtt;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS made from files, and made again when they change: open connections keep what they have, new
/// ones get the new certificate. Any thread.
final class TlsFiles {
  private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private final TlsConfig config;
  private final boolean isServer;
  private final String name;
  private volatile SslContext context;
  private volatile String seen;

  private TlsFiles(TlsConfig config, boolean isServer, String name) {
    this.config = config;
    this.isServer = isServer;
    this.name = name;
    this.seen = stamp();
    this.context = load();
  }

  /// @param name of the listener, for logs
  /// @throws TlsFileException naming the file and the cure
  static TlsFiles server(TlsConfig config, String name) {
    return new TlsFiles(config, true, name);
  }

  /// @throws TlsFileException naming the file and the cure
  static TlsFiles client(TlsConfig config) {
    return new TlsFiles(config, false, "client");
  }

  SslContext context() {
    return context;
  }

  /// Looks at the files; what cannot be used is logged, and the old certificate stays.
  void reloadIfChanged() {
    if (!stamp().equals(seen)) {
      reload();
    }
  }

  /// Reads the files again.
  synchronized void reload() {
    seen = stamp();
    try {
      context = load();
      log.info("Listener {} has a new certificate; open connections go on", name);
    } catch (TlsFileException e) {
      log.warn("Listener {} keeps its old certificate: {}", name, e.getMessage());
    }
  }

  private SslContext load() {
    try {
      var builder = builder();
      builder.sslProvider(SslProvider.JDK);
      builder.protocols(versions());
      if (!config.ciphers().isEmpty()) {
        builder.ciphers(config.ciphers());
      }
      if (config.authorities().isPresent() || config.revoked().isPresent()) {
        builder.trustManager(TlsTrust.of(config.authorities(), config.revoked()));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      if (e instanceof TlsFileException known) {
        throw known;
      }
      throw new TlsFileException(
          "TLS of %s cannot be set up: %s. Look at its versions, ciphers and files."
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private SslContextBuilder builder() {
    if (!isServer) {
      var builder = SslContextBuilder.forClient();
      return config.certificate().isPresent() ? builder.keyManager(key(), chain()) : builder;
    }
    var builder = SslContextBuilder.forServer(key(), chain());
    if (config.requireCertificate()) {
      return builder.clientAuth(ClientAuth.REQUIRE);
    }
    return config.authorities().isPresent() ? builder.clientAuth(ClientAuth.OPTIONAL) : builder;
  }

  private X509Certificate[] chain() {
    var file = named(config.certificate(), "certificate");
    var chain = PemFiles.certificates(file);
    PemKeys.check(chain.getFirst(), file, key(), named(config.key(), "key"));
    return chain.toArray(X509Certificate[]::new);
  }

  private PrivateKey key() {
    return PemKeys.privateKey(named(config.key(), "key"), config.keyPassphrase());
  }

  private Path named(Optional<Path> file, String what) {
    return file.orElseThrow(
        () ->
            new TlsFileException(
                "TLS of %s has no %s file; certificate and key go together".formatted(name, what)));
  }

  private List<String> versions() {
    var asked = config.versions().isEmpty() ? VERSIONS : config.versions();
    for (var version : asked) {
      if (!VERSIONS.contains(version)) {
        throw new TlsFileException(
            "TLS of %s: version %s is not spoken here; write TLSv1.2 or TLSv1.3"
                .formatted(name, version));
      }
    }
    return asked;
  }

  /// Which files there are, how long they are and when they changed.
  private String stamp() {
    var all = new TreeMap<String, String>();
    for (var file :
        List.of(config.certificate(), config.key(), config.authorities(), config.revoked())) {
      file.ifPresent(path -> all.put(path.toString(), stamp(path)));
    }
    return all.toString();
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "missing";
    }
  }
}
