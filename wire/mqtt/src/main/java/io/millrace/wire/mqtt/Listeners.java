package io.millrace.wire.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The open listeners.
final class Listeners implements AutoCloseable {
  private final Broker broker;
  private final Transport transport;
  private final EventLoopGroup loops;
  private final List<Open> open = new ArrayList<>();

  private record Open(Listener listener, Channel channel) {}

  Listeners(Broker broker, Transport transport, EventLoopGroup loops) {
    this.broker = broker;
    this.transport = transport;
    this.loops = loops;
  }

  /// Opens one more.
  ///
  /// @throws ListenException when it cannot be bound; it names the setting and the cure
  /// @throws TlsFileException when its certificate or key cannot be used
  Listening open(ListenerConfig config) {
    var listener = new Listener(config, broker);
    var channel =
        config.transport() == ListenerTransport.UNIX
            ? unix(config, listener)
            : tcp(config, listener);
    open.add(new Open(listener, channel));
    int port = channel.localAddress() instanceof InetSocketAddress at ? at.getPort() : -1;
    return new Listening(
        config.name(), config.transport(), config.tls().isPresent(), config.address(), port);
  }

  /// Reads certificates again.
  ///
  /// @param always also when the files look unchanged
  void reload(boolean always) {
    for (var one : open) {
      var tls = one.listener.tls();
      if (tls != null && always) {
        tls.reload();
      } else if (tls != null) {
        tls.reloadIfChanged();
      }
    }
  }

  private Channel tcp(ListenerConfig config, Listener listener) {
    var bootstrap =
        bootstrap(listener)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true);
    var address = new InetSocketAddress(config.address(), config.port());
    if (address.isUnresolved()) {
      throw new ListenException(
          "%s: the address '%s' is not known on this machine; write one of its addresses, or 0.0.0.0 for all"
              .formatted(config.setting(), config.address()));
    }
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ListenException(
          "%s=%d on %s cannot be opened: %s. Stop what uses the port, or set %s to another one."
              .formatted(
                  config.setting(),
                  config.port(),
                  config.address(),
                  bound.cause().getMessage(),
                  config.setting()),
          bound.cause());
    }
    return bound.channel();
  }

  private Channel unix(ListenerConfig config, Listener listener) {
    var file = new UnixSocketFile(config);
    file.removeStale();
    SocketAddress address;
    try {
      address = transport.unixAddress(config.address());
    } catch (IllegalArgumentException e) {
      throw file.refused(e);
    }
    var bound =
        bootstrap(listener)
            .channel(transport.unixServerChannel())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw file.refused(bound.cause());
    }
    bound.channel().closeFuture().addListener(_ -> file.remove());
    return bound.channel();
  }

  private ServerBootstrap bootstrap(Listener listener) {
    long high = broker.config.maxQueuedBytes();
    var waterMark =
        new WriteBufferWaterMark((int) Math.min(high / 2, 1 << 29), (int) Math.min(high, 1 << 30));
    return new ServerBootstrap()
        .group(loops)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                add(channel, listener);
              }
            });
  }

  private void add(Channel channel, Listener listener) {
    var pipeline = channel.pipeline();
    var config = listener.config();
    if (config.proxyProtocol()) {
      pipeline.addLast(new ProxyProtocol());
    }
    var tls = listener.tls();
    if (tls != null) {
      var handler = tls.context().newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(broker.config.connectTimeout().toMillis());
      pipeline.addLast(handler);
    }
    if (config.transport() == ListenerTransport.WEBSOCKET) {
      WebSocketFrames.add(pipeline, config.webSocketPath(), broker.config.maxPacketBytes());
    }
    pipeline.addLast(new Connection(broker, hereabouts(), channel, listener));
  }

  private Shard hereabouts() {
    for (var shard : broker.shards()) {
      if (shard.loop.inEventLoop()) {
        return shard;
      }
    }
    throw new IllegalStateException("a channel on a loop that is not ours");
  }

  @Override
  public void close() {
    open.forEach(one -> one.channel.close().awaitUninterruptibly());
  }
}
