package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Clients that connect, are answered, say goodbye and close, many at a time, from one thread.
final class ConnectLoad implements AutoCloseable {
  private final InetSocketAddress address;
  private final Selector selector = Selector.open();
  private final ByteBuffer out = ByteBuffer.allocateDirect(64);
  private final ByteBuffer in = ByteBuffer.allocateDirect(64);
  private final boolean stays;
  private long opened;
  private long answered;

  /// @param stays true: clients that were answered keep their connections
  ConnectLoad(int port, boolean stays) throws IOException {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.stays = stays;
  }

  /// Connections that were answered within `time`, `parallel` under way at any moment.
  long run(int parallel, Duration time) throws IOException {
    long before = answered;
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      step(parallel, Long.MAX_VALUE);
    }
    return answered - before;
  }

  /// Opens so many that stay.
  void open(int count, int parallel) throws IOException {
    long until = System.nanoTime() + 120_000_000_000L;
    while (answered < count) {
      if (System.nanoTime() > until) {
        throw new IOException("the broker answered " + answered + " of " + count + " clients");
      }
      step(parallel, count);
    }
  }

  private void step(int parallel, long most) throws IOException {
    while (opened - answered < parallel && opened < most) {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(address);
      channel.register(selector, SelectionKey.OP_CONNECT, "c" + opened++);
    }
    selector.select(this::serve, 10);
  }

  private void serve(SelectionKey key) {
    try {
      var channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        out.clear();
        LoadPackets.connect(out, (String) key.attachment(), true);
        channel.write(out.flip());
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        answer(channel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    in.clear();
    int count = channel.read(in);
    if (count != 4 || in.get(0) != 0x20 || in.get(3) != 0) {
      throw new IOException("the broker refused connection " + answered + " or closed it");
    }
    answered++;
    if (!stays) {
      out.clear();
      LoadPackets.disconnect(out);
      channel.write(out.flip());
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
