package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/// Opens the socket of an [MqttClient]: TCP or Unix, with or without TLS.
final class ClientChannel {
  private ClientChannel() {}

  /// Blocks until the connection stands, TLS included.
  ///
  /// @throws MqttClientException when nobody answers or TLS fails; it says why
  static void open(MqttClientOptions options, EventLoopGroup loops, ClientConnection connection) {
    long timeoutMs = Math.min(options.timeout().toMillis(), 600_000);
    var tls = options.tls().map(TlsFiles::client).orElse(null);
    var bootstrap =
        new Bootstrap()
            .group(loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeoutMs)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    options.proxy().ifPresent(p -> channel.pipeline().addLast(handler(p)));
                    if (tls != null) {
                      channel.pipeline().addLast(handler(tls, channel, options));
                    }
                    channel.pipeline().addLast(connection);
                  }
                });
    var connected = connect(bootstrap, options).awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new MqttClientException(
          "No MQTT server answers on %s: %s"
              .formatted(place(options), connected.cause().getMessage()),
          ReasonCode.SERVER_UNAVAILABLE);
    }
    var handler = connected.channel().pipeline().get(SslHandler.class);
    if (handler != null) {
      shakeHands(handler, options, timeoutMs);
    }
  }

  private static ChannelFuture connect(Bootstrap bootstrap, MqttClientOptions options) {
    var transport = Transport.best();
    if (options.unixSocket().isPresent()) {
      return bootstrap
          .channel(transport.unixChannel())
          .connect(transport.unixAddress(options.unixSocket().get()));
    }
    bootstrap.channel(transport.channel()).option(ChannelOption.TCP_NODELAY, true);
    if (options.proxy().isPresent()) {
      bootstrap.resolver(NoopAddressResolverGroup.INSTANCE); // the proxy looks the name up
    }
    options.bindAddress().ifPresent(own -> bootstrap.localAddress(own, 0));
    return bootstrap.connect(InetSocketAddress.createUnresolved(options.host(), options.port()));
  }

  private static Socks5ProxyHandler handler(SocksProxy proxy) {
    return new Socks5ProxyHandler(
        new InetSocketAddress(proxy.host(), proxy.port()),
        proxy.userName().orElse(null),
        proxy.password().orElse(null));
  }

  private static SslHandler handler(TlsFiles tls, Channel channel, MqttClientOptions options) {
    var handler = tls.context().newHandler(channel.alloc(), options.host(), options.port());
    var parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(options.checksHostName() ? "HTTPS" : "");
    if (options.host().matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*")) {
      parameters.setServerNames(List.of(new SNIHostName(options.host())));
    }
    options.alpn().ifPresent(asked -> parameters.setApplicationProtocols(new String[] {asked}));
    handler.engine().setSSLParameters(parameters);
    handler.setHandshakeTimeoutMillis(options.timeout().toMillis());
    return handler;
  }

  private static void shakeHands(SslHandler handler, MqttClientOptions options, long timeoutMs) {
    var done = handler.handshakeFuture();
    boolean inTime = done.awaitUninterruptibly(timeoutMs, TimeUnit.MILLISECONDS);
    if (!inTime || !done.isSuccess()) {
      throw new MqttClientException(
          "TLS with %s failed: %s".formatted(place(options), cause(done.cause())),
          ReasonCode.SERVER_UNAVAILABLE);
    }
  }

  /// The innermost reason: the outer ones only say that TLS failed.
  private static String cause(@Nullable Throwable failure) {
    var inner = failure;
    while (inner != null && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner == null ? "no answer in time" : String.valueOf(inner.getMessage());
  }

  private static String place(MqttClientOptions options) {
    return options.unixSocket().orElse(options.host() + ":" + options.port());
  }
}
