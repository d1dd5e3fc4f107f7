package io.millrace.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Drives one scenario against a broker from one thread, with NIO and packets written by hand.
///
/// At QoS 0 with subscribers it is paced by what arrives: at most 10,000 copies are on their way,
/// so that a broker is measured at the rate it delivers, not at the rate it throws away.
final class MqttLoad implements AutoCloseable {
  private static final long CREDIT = 10_000;

  private final LoadScenario scenario;
  private final int port;
  private final Selector selector = Selector.open();
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18);
  private final List<LoadClient> publishers = new ArrayList<>();
  private final List<LoadClient> subscribers = new ArrayList<>();
  private long published;
  private long writtenOff;
  private long lastDelivered;
  private long lastProgressNanos = System.nanoTime();

  MqttLoad(LoadScenario scenario, int port) throws IOException {
    this.scenario = scenario;
    this.port = port;
    for (int i = 0; i < scenario.subscribers(); i++) {
      subscribers.add(open(port, false, i));
    }
    awaitReady(subscribers);
    for (int i = 0; i < scenario.publishers(); i++) {
      publishers.add(open(port, true, i));
    }
    awaitReady(publishers);
  }

  /// Messages acknowledged or, with subscribers, delivered within `time`.
  long run(Duration time) throws IOException {
    long before = done();
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      for (var publisher : publishers) {
        published += publisher.publish(credit());
        publisher.flush();
      }
      select(1);
    }
    return done() - before;
  }

  /// Publishes at a fixed rate, pairs in turn, and then takes what is still on its way.
  ///
  /// Each message carries the moment it was due, so that a late generator or a broker that stands
  /// still counts against every message that waits.
  ///
  /// @param latencies nanoseconds from due to delivered
  /// @return messages that were due
  long paced(int perSecond, Duration time, LongConsumer latencies) throws IOException {
    subscribers.forEach(subscriber -> subscriber.latencies = latencies);
    long before = delivered();
    long began = System.nanoTime();
    long count = perSecond * time.toMillis() / 1000;
    long next = 0;
    while (delivered() - before < count) {
      long elapsed = System.nanoTime() - began;
      if (elapsed > time.toNanos() + 5_000_000_000L) {
        throw new IOException((count - delivered() + before) + " messages never came");
      }
      for (; next < count && due(next, perSecond) <= elapsed; next++) {
        var publisher = publishers.get((int) (next % publishers.size()));
        publisher.publishAt(began + due(next, perSecond));
        publisher.flush();
      }
      selector.selectNow(this::serve);
    }
    return count;
  }

  private static long due(long message, int perSecond) {
    return message * 1_000_000_000L / perSecond;
  }

  /// Copies that never came.
  long lost() {
    return writtenOff;
  }

  private long done() {
    return scenario.copies() > 0 ? delivered() : acknowledged();
  }

  private long acknowledged() {
    return publishers.stream().mapToLong(client -> client.acknowledged).sum();
  }

  private long delivered() {
    return subscribers.stream().mapToLong(client -> client.delivered).sum();
  }

  private long credit() {
    if (scenario.qos() > 0 || scenario.copies() == 0) {
      return Long.MAX_VALUE;
    }
    long delivered = delivered();
    long now = System.nanoTime();
    if (delivered != lastDelivered) {
      lastDelivered = delivered;
      lastProgressNanos = now;
    } else if (now - lastProgressNanos > 100_000_000) {
      writtenOff = published * scenario.copies() - delivered;
      lastProgressNanos = now;
    }
    long open = published * scenario.copies() - delivered - writtenOff;
    return (CREDIT - open) / scenario.copies();
  }

  private LoadClient open(int port, boolean publisher, int number) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    var client = new LoadClient(channel, scenario, publisher, number);
    channel.register(selector, SelectionKey.OP_READ, client);
    client.flush();
    return client;
  }

  private void awaitReady(List<LoadClient> clients) throws IOException {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!clients.stream().allMatch(client -> client.ready)) {
      if (System.nanoTime() > until) {
        throw new IOException("the broker did not answer all clients");
      }
      select(10);
    }
  }

  private void select(long timeoutMs) throws IOException {
    selector.select(this::serve, timeoutMs);
  }

  private void serve(SelectionKey key) {
    var client = (LoadClient) key.attachment();
    try {
      if (key.isReadable() && !client.read(in)) {
        throw new IllegalStateException("the broker closed a connection");
      }
      boolean all = client.flush();
      key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (var client : publishers) {
      client.channel.close();
    }
    for (var client : subscribers) {
      client.channel.close();
    }
    selector.close();
    if (scenario.isDurable()) {
      forgetSessions();
    }
  }

  private void forgetSessions() throws IOException {
    for (int i = 0; i < subscribers.size(); i++) {
      var out = ByteBuffer.allocate(64);
      LoadPackets.connect(out, "s" + i, true);
      try (var channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        channel.write(out.flip());
        channel.read(ByteBuffer.allocate(4)); // CONNACK
      }
    }
  }
}
