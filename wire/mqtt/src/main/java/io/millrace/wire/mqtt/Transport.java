package io.millrace.wire.mqtt;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The kind of event loops and channels: native epoll when its library is there, else NIO.
record Transport(
    boolean isEpoll,
    Class<? extends ServerChannel> serverChannel,
    Class<? extends SocketChannel> channel) {

  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(true, EpollServerSocketChannel.class, EpollSocketChannel.class)
        : new Transport(false, NioServerSocketChannel.class, NioSocketChannel.class);
  }

  /// Netty's own thread factory: its threads have fast slots for Netty's buffer caches.
  EventLoopGroup loops(int count, String name) {
    var handlers = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), handlers);
  }
}
