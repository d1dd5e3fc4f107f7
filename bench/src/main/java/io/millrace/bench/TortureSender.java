package io.millrace.bench;

import io.millrace.base.json.JsonObject;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// A device under torture, and what happened to its messages.
///
/// Message `n` has the time `FIRST_TS + n` and a temperature that is now above, now below what
/// raises the demo's alarm; every so often an attribute `seen` says `n` too. Nothing is sent twice.
final class TortureSender {
  static final long FIRST_TS = 1_767_225_600_000L;
  static final int ALARM_ABOVE = 20;
  private static final int WINDOW = 50;
  private static final int ATTRIBUTE_EVERY = 16;

  final String name;
  private String id = "";
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong attribute = new AtomicLong(-1); // the highest acknowledged
  private final BitSet acknowledged = new BitSet(); // guarded by itself

  TortureSender(String name) {
    this.name = name;
  }

  /// Makes the device, once.
  void create(TortureServer server) throws IOException, InterruptedException {
    if (id.isEmpty()) {
      var made =
          (JsonObject)
              server.send(
                  "/api/device?accessToken=" + name,
                  "{\"name\":\"%s\",\"type\":\"default\"}".formatted(name));
      id = made.get("id") instanceof JsonObject json ? json.text("id", "") : "";
    }
  }

  String id() {
    return id;
  }

  /// More than the number of any message that was sent.
  long sent() {
    return sent.get();
  }

  /// The highest number that was acknowledged as attribute; -1: none.
  long attribute() {
    return attribute.get();
  }

  BitSet acknowledged() {
    synchronized (acknowledged) {
      return (BitSet) acknowledged.clone();
    }
  }

  /// Sends as fast as it is acknowledged, until the connection ends.
  void publish(int port, Random random) {
    try (var client =
        MqttClient.connect(MqttClientOptions.to("127.0.0.1", port).userName(name).window(WINDOW))) {
      while (client.isConnected()) {
        long n = sent.getAndIncrement();
        var body =
            "{\"ts\":%d,\"values\":{\"n\":%d,\"temperature\":%d}}"
                .formatted(FIRST_TS + n, n, ALARM_ABOVE - 5 + random.nextInt(11));
        send(client, "v1/devices/me/telemetry", body, () -> acknowledge(n));
        if (n % ATTRIBUTE_EVERY == 0) {
          send(
              client,
              "v1/devices/me/attributes",
              "{\"seen\":%d}".formatted(n),
              () -> attribute.accumulateAndGet(n, Math::max));
        }
      }
    } catch (MqttClientException lost) {
      // killed, or refused while the disk is full
    }
  }

  private static void send(MqttClient client, String topic, String body, Runnable taken) {
    var _ =
        client
            .send(topic, body.getBytes(StandardCharsets.UTF_8), 1, false)
            .thenAccept(
                code -> {
                  if (code == ReasonCode.SUCCESS) {
                    taken.run();
                  }
                });
  }

  private void acknowledge(long n) {
    synchronized (acknowledged) {
      acknowledged.set((int) n);
    }
  }
}
