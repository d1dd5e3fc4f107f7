package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Devices that publish telemetry as fast as they are acknowledged, or at a rate; one thread, so
/// that the generator takes little of the cores that it shares with what it measures.
final class TelemetryLoad implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Selector selector;
  private final List<TelemetryClient> clients = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private final double perSecond; // of each; 0: as fast as they are acknowledged
  private final Thread thread = Thread.ofPlatform().name("generator").unstarted(this::run);
  private long counted; // on the thread
  private volatile long acknowledged;
  private volatile boolean isStopping;
  private volatile boolean isMeasuring;
  private volatile @Nullable Exception failed;

  private TelemetryLoad(int port, List<String> tokens, int window, long firstTs, double perSecond)
      throws IOException {
    this.perSecond = perSecond / tokens.size();
    selector = Selector.open();
    for (var token : tokens) {
      var client = new TelemetryClient(port, token, window, firstTs);
      clients.add(client);
      client.channel.configureBlocking(false);
      client.channel.register(selector, SelectionKey.OP_READ, client);
    }
    thread.start();
  }

  static TelemetryLoad start(int port, List<String> accessTokens, int window, long firstTs)
      throws IOException {
    return new TelemetryLoad(port, accessTokens, window, firstTs, 0);
  }

  /// So many messages per second of all devices together.
  static TelemetryLoad paced(
      int port, List<String> accessTokens, int window, long firstTs, double perSecond)
      throws IOException {
    return new TelemetryLoad(port, accessTokens, window, firstTs, perSecond);
  }

  /// From now on the time from when each message was due to its acknowledgement is kept.
  void measure() {
    isMeasuring = true;
  }

  /// Those times; after [#stop].
  Latencies latencies() {
    return latencies;
  }

  void runFor(Duration time) {
    LockSupport.parkNanos(time.toNanos());
    check();
  }

  long acknowledged() {
    return acknowledged;
  }

  /// Ends publishing and waits for the last acknowledgements.
  void stop() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  private void check() {
    var fault = failed;
    if (fault != null) {
      throw new IllegalStateException("The load ended", fault);
    }
  }

  private void run() {
    try {
      while (!clients.stream().allMatch(TelemetryClient::isReady)) {
        selector.select(this::serve, 10);
      }
      long began = System.nanoTime();
      while (!isStopping) {
        for (int i = 0; i < clients.size(); i++) {
          publish(clients.get(i), began, (double) i / clients.size());
        }
        selector.select(this::serve, 1);
      }
      long until = System.nanoTime() + PATIENCE_NANOS;
      while (!clients.stream().allMatch(TelemetryClient::isIdle)) {
        if (System.nanoTime() > until) {
          throw new IOException("Messages were not acknowledged");
        }
        selector.select(this::serve, 10);
      }
    } catch (IOException | UncheckedIOException e) {
      failed = e;
    }
  }

  /// What is due and has room in the window; devices take turns within their period.
  private void publish(TelemetryClient client, long began, double phase) throws IOException {
    if (perSecond == 0) {
      while (client.hasRoom()) {
        client.publish(0);
      }
    } else {
      long now = System.nanoTime();
      for (long at = due(client, began, phase);
          at <= now && client.hasRoom();
          at = due(client, began, phase)) {
        client.publish(at);
      }
    }
    client.flush();
  }

  private long due(TelemetryClient client, long began, double phase) {
    return began + (long) ((client.sent() + phase) / perSecond * 1e9);
  }

  private void serve(SelectionKey key) {
    try {
      var client = (TelemetryClient) key.attachment();
      client.read(this::count);
      client.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(long due) {
    acknowledged = ++counted;
    if (isMeasuring && due != 0) {
      latencies.accept(System.nanoTime() - due);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    for (var client : clients) {
      client.close();
    }
    selector.close();
  }
}
