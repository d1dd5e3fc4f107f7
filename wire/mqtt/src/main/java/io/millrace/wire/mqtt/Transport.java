package io.millrace.wire.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;

/// The kind of event loops and channels: native epoll when its library is there, else NIO.
record Transport(
    boolean isEpoll,
    Class<? extends ServerChannel> serverChannel,
    Class<? extends Channel> channel,
    Class<? extends ServerChannel> unixServerChannel,
    Class<? extends Channel> unixChannel) {

  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(
            true,
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollServerDomainSocketChannel.class,
            EpollDomainSocketChannel.class)
        : new Transport(
            false,
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioServerDomainSocketChannel.class,
            NioDomainSocketChannel.class);
  }

  /// The address of a Unix socket.
  ///
  /// @throws IllegalArgumentException when the path is longer than the system allows
  SocketAddress unixAddress(String file) {
    return isEpoll ? new DomainSocketAddress(file) : UnixDomainSocketAddress.of(file);
  }

  /// Netty's own thread factory: its threads have fast slots for Netty's buffer caches.
  EventLoopGroup loops(int count, String name) {
    var handlers = isEpoll ? EpollIoHandler.newFactory() : nioHandlers();
    return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), handlers);
  }

  private static IoHandlerFactory nioHandlers() {
    return NioIoHandler.newFactory(SelectorProvider.provider(), BusyLoop::ofThisMachine);
  }
}
