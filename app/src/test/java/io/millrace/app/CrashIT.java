package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole process is killed again and again while devices publish: what was acknowledged is
/// stored, once.
class CrashIT {
  private static final int KILLS = Integer.getInteger("crash.kills", 4);
  private static final int CONNECTIONS = 4;
  private static final long FIRST_TS = 1_767_225_600_000L;
  private static final long PAGE_MS = 10_000; // one point a millisecond
  private static final String TOKEN = "CRASH_TEST_TOKEN";

  @TempDir Path folder;
  private final AtomicLong sent = new AtomicLong();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void whatWasAcknowledgedBeforeAKillIsStoredOnce() throws InterruptedException {
    var random = new SplittableRandom(20_261_122);
    var data = folder.resolve("data");
    var device = "";
    for (int kill = 0; kill < KILLS; kill++) {
      try (var millrace = demo(data)) {
        if (kill == 0) {
          device = signIn(millrace).createDevice("Crash test device", TOKEN);
        }
        loadUntilKilled(millrace, random.nextInt(500));
      }
    }
    try (var millrace = demo(data)) {
      var stored = points(signIn(millrace), device);
      var lost = new HashSet<>(acknowledged);
      lost.removeIf(stored::containsKey);
      assertThat(lost).as("acknowledged but not stored").isEmpty();
      assertThat((long) stored.size()).isBetween((long) acknowledged.size(), sent.get());
      stored.entrySet().removeIf(point -> point.getValue() == point.getKey() - FIRST_TS);
      assertThat(stored).as("stored with another value than was sent").isEmpty();
    }
  }

  /// Kills at a random moment while messages are acknowledged.
  private void loadUntilKilled(MillraceProcess millrace, int loadMs) throws InterruptedException {
    int before = acknowledged.size();
    var ended = new CountDownLatch(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread.ofVirtual().start(() -> publishUntilClosed(millrace.port("mqtt.port"), ended));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > before + 500);
    assertThat(ended.await(loadMs, TimeUnit.MILLISECONDS))
        .as("all closed before the kill")
        .isFalse();
    millrace.kill();
    assertThat(ended.await(30, TimeUnit.SECONDS)).as("publishers saw the end").isTrue();
  }

  private void publishUntilClosed(int port, CountDownLatch ended) {
    try (var client =
        MqttClient.connect(MqttClientOptions.to("127.0.0.1", port).userName(TOKEN).window(100))) {
      while (client.isConnected()) {
        long n = sent.getAndIncrement();
        var body = "{\"ts\":%d,\"values\":{\"n\":%d}}".formatted(FIRST_TS + n, n);
        client
            .send("v1/devices/me/telemetry", body.getBytes(StandardCharsets.UTF_8), 1, false)
            .thenAccept(
                code -> {
                  if (code == ReasonCode.SUCCESS) {
                    acknowledged.add(FIRST_TS + n);
                  }
                });
      }
    } catch (MqttClientException killed) {
      assertThat(killed).hasMessageNotContaining("refused by the server");
    } finally {
      ended.countDown();
    }
  }

  /// All stored values by their time, read a page of time after the other.
  private Map<Long, Long> points(Api tenant, String device) {
    var stored = new HashMap<Long, Long>();
    for (long from = FIRST_TS; from < FIRST_TS + sent.get(); from += PAGE_MS) {
      var page =
          (JsonObject)
              tenant.get(
                  "/api/plugins/telemetry/DEVICE/%s/values/timeseries?keys=n&startTs=%d&endTs=%d&limit=%d&useStrictDataTypes=true"
                      .formatted(device, from, from + PAGE_MS, PAGE_MS));
      if (page.get("n") instanceof JsonArray points) {
        points.values().forEach(point -> add((JsonObject) point, stored));
      }
    }
    return stored;
  }

  private static void add(JsonObject point, Map<Long, Long> stored) {
    var n = ((JsonLong) point.get("value")).value();
    var ts = ((JsonLong) point.get("ts")).value();
    if (stored.put(ts, n) != null) {
      throw new AssertionError("There is a second point at " + ts);
    }
  }

  private static MillraceProcess demo(Path data) {
    return MillraceProcess.start("demo", data, "--simulate=false", "--mqtt.extraPorts=");
  }

  private static Api signIn(MillraceProcess millrace) {
    return Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
  }
}
