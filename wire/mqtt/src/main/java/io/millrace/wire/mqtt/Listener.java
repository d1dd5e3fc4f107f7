package io.millrace.wire.mqtt;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// A listener that is open: its settings and what it has learned of each connection.
final class Listener {
  /// Whom a proxy named as the real other end.
  static final AttributeKey<SocketAddress> PEER = AttributeKey.valueOf("millrace.peer");

  private final ListenerConfig config;
  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final @Nullable TlsFiles tls;
  private final AtomicInteger connections = new AtomicInteger();

  Listener(ListenerConfig config, Broker broker) {
    this.config = config;
    this.authenticator = config.rules().authenticator().orElse(broker.authenticator);
    this.authorizer = config.rules().authorizer().orElse(broker.authorizer);
    this.tls = config.tls().map(files -> TlsFiles.server(files, config.name())).orElse(null);
  }

  ListenerConfig config() {
    return config;
  }

  String name() {
    return config.name();
  }

  ListenerRules rules() {
    return config.rules();
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Authorizer authorizer() {
    return authorizer;
  }

  /// Its certificates, when it speaks TLS.
  @Nullable TlsFiles tls() {
    return tls;
  }

  /// Counts a connection.
  ///
  /// @return false when it is one too many
  boolean enter() {
    int max = config.rules().maxConnections();
    return connections.incrementAndGet() <= max || max == 0;
  }

  void leave() {
    connections.decrementAndGet();
  }

  /// Where the client really is: behind a proxy, what the proxy says.
  static SocketAddress peer(Channel channel) {
    var told = channel.attr(PEER).get();
    return told == null ? channel.remoteAddress() : told;
  }

  /// What TLS has checked: the client's certificate first; empty without TLS or certificate.
  static List<X509Certificate> certificates(Channel channel) {
    var handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      return List.of();
    }
    try {
      var all = new ArrayList<X509Certificate>();
      for (var certificate : handler.engine().getSession().getPeerCertificates()) {
        if (certificate instanceof X509Certificate known) {
          all.add(known);
        }
      }
      return all;
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}
