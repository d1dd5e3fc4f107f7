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

/// Devices that publish telemetry as fast as they are acknowledged; two values a message, each
/// message with a time of its own.
final class TelemetryLoad implements AutoCloseable {
  private final LongAdder acknowledged = new LongAdder();
  private final List<Thread> publishers = new ArrayList<>();
  private volatile boolean stopping;

  private TelemetryLoad() {}

  static TelemetryLoad start(int port, List<String> accessTokens, int window, long firstTs) {
    var load = new TelemetryLoad();
    for (var token : accessTokens) {
      var options = MqttClientOptions.to("127.0.0.1", port).userName(token).window(window);
      var client = MqttClient.connect(options);
      load.publishers.add(Thread.ofVirtual().start(() -> load.publish(client, firstTs)));
    }
    return load;
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

  private void publish(MqttClient client, long firstTs) {
    try (client) {
      var last = send(client, body(firstTs, 0));
      for (long n = 1; !stopping && client.isConnected(); n++) {
        last = send(client, body(firstTs, n));
      }
      var _ = last.join();
    }
  }

  private CompletableFuture<Void> send(MqttClient client, byte[] body) {
    return client.send("v1/devices/me/telemetry", body, 1, false).thenAccept(this::count);
  }

  private void count(ReasonCode code) {
    if (code == ReasonCode.SUCCESS) {
      acknowledged.increment();
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
