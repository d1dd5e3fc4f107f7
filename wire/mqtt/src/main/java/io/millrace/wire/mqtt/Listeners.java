package io.millrace.wire.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The open ports.
final class Listeners implements AutoCloseable {
  private final Broker broker;
  private final Transport transport;
  private final EventLoopGroup loops;
  private final String bindAddress;
  private final List<Channel> open = new ArrayList<>();

  Listeners(Broker broker, Transport transport, EventLoopGroup loops, String bindAddress) {
    this.broker = broker;
    this.transport = transport;
    this.loops = loops;
    this.bindAddress = bindAddress;
  }

  /// Opens MQTT over TCP.
  ///
  /// @return the port that is open
  int tcp(int port, String setting) {
    return open(port, setting, channel -> add(channel, "tcp"));
  }

  /// Opens MQTT over WebSocket.
  ///
  /// @return the port that is open
  int webSocket(int port, String path, String setting) {
    return open(
        port,
        setting,
        channel -> {
          WebSocketFrames.add(channel.pipeline(), path, broker.config.maxPacketBytes());
          add(channel, "websocket");
        });
  }

  private interface Start {
    void accept(Channel channel);
  }

  private void add(Channel channel, String listener) {
    var shard = hereabouts();
    channel.pipeline().addLast(new Connection(broker, shard, channel, listener));
  }

  private Shard hereabouts() {
    for (var shard : broker.shards()) {
      if (shard.loop.inEventLoop()) {
        return shard;
      }
    }
    throw new IllegalStateException("a channel on a loop that is not ours");
  }

  private int open(int port, String setting, Start start) {
    long high = broker.config.maxQueuedBytes();
    var waterMark =
        new WriteBufferWaterMark((int) Math.min(high / 2, 1 << 29), (int) Math.min(high, 1 << 30));
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 4096)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    start.accept(channel);
                  }
                })
            .bind(new InetSocketAddress(bindAddress, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new ListenException(
          "%s=%d on %s cannot be opened: %s. Stop what uses the port, or set %s to another one."
              .formatted(setting, port, bindAddress, bound.cause().getMessage(), setting),
          bound.cause());
    }
    open.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  @Override
  public void close() {
    open.forEach(channel -> channel.close().awaitUninterruptibly());
  }
}
