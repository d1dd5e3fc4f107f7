package io.millrace.bench;

import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Devices that publish telemetry as fast as they are acknowledged, or at a rate; two values a
/// message, each message with a time of its own.
final class TelemetryLoad implements AutoCloseable {
  private final LongAdder acknowledged = new LongAdder();
  private final List<Thread> publishers = new ArrayList<>();
  private final List<Latencies> latencies = new ArrayList<>();
  private final long nanosBetween;
  private volatile boolean stopping;
  private volatile boolean isMeasuring;

  private TelemetryLoad(long nanosBetween) {
    this.nanosBetween = nanosBetween;
  }

  static TelemetryLoad start(int port, List<String> accessTokens, int window, long firstTs) {
    return start(port, accessTokens, window, firstTs, new TelemetryLoad(0));
  }

  /// So many messages per second of all devices together.
  static TelemetryLoad paced(
      int port, List<String> accessTokens, int window, long firstTs, double perSecond) {
    long between = (long) (1e9 / perSecond * accessTokens.size());
    return start(port, accessTokens, window, firstTs, new TelemetryLoad(Math.max(1, between)));
  }

  private static TelemetryLoad start(
      int port, List<String> accessTokens, int window, long firstTs, TelemetryLoad load) {
    for (var token : accessTokens) {
      var options = MqttClientOptions.to("127.0.0.1", port).userName(token).window(window);
      var client = MqttClient.connect(options);
      var times = new Latencies();
      load.latencies.add(times);
      load.publishers.add(Thread.ofVirtual().start(() -> load.publish(client, firstTs, times)));
    }
    return load;
  }

  /// From now on the time from when each message was due to its acknowledgement is kept.
  void measure() {
    isMeasuring = true;
  }

  /// Those times; after [#stop].
  Latencies latencies() {
    var all = new Latencies();
    latencies.forEach(all::addAll);
    return all;
  }

  void runFor(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  /// Ends publishing and waits for the last acknowledgements.
  void stop() {
    stopping = true;
    for (var publisher : publishers) {
      boolean ended = false;
      while (!ended) {
        try {
          ended = publisher.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void publish(MqttClient client, long firstTs, Latencies times) {
    try (client) {
      long due = System.nanoTime() + (long) (Math.random() * nanosBetween);
      var last = send(client, body(firstTs, 0), due, times);
      for (long n = 1; !stopping && client.isConnected(); n++) {
        due = nanosBetween == 0 ? 0 : awaitDue(due + nanosBetween);
        last = send(client, body(firstTs, n), due, times);
      }
      var _ = last.join();
    }
  }

  private static long awaitDue(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return due;
  }

  private CompletableFuture<Void> send(MqttClient client, byte[] body, long due, Latencies times) {
    return client
        .send("v1/devices/me/telemetry", body, 1, false)
        .thenAccept(code -> count(code, due, times));
  }

  private void count(ReasonCode code, long due, Latencies times) {
    if (code == ReasonCode.SUCCESS) {
      acknowledged.increment();
      if (isMeasuring && due != 0) {
        times.accept(System.nanoTime() - due); // one connection, one event loop
      }
    }
  }

  private static byte[] body(long firstTs, long n) {
    var text =
        "{\"ts\":"
            + (firstTs + n * 1000)
            + ",\"values\":{\"temperature\":"
            + (15 + n % 10)
            + "."
            + n % 10
            + ",\"humidity\":"
            + (40 + n % 30)
            + "}}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    stop();
  }
}
