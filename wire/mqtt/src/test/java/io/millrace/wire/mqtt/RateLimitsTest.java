package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Who is too fast is slowed down, never robbed.
class RateLimitsTest {
  @Test
  void aBucketPaysItsDebtWithTime() {
    var bucket = new TokenBucket(10, 2, 0);
    assertThat(bucket.take(20, 0)).isZero();
    assertThat(bucket.take(5, 0)).isEqualTo(500_000_000);
    assertThat(bucket.take(0, 500_000_000)).isZero();
    assertThat(bucket.tryTake(500_000_000)).isFalse();
    assertThat(bucket.tryTake(700_000_000)).isTrue();
  }

  @Test
  void aFastPublisherIsSlowedAndEveryMessageArrives() {
    try (var broker = TestServer.open(Map.of("rates.publishesPerSecond", "200"));
        var client = MqttClient.connect(broker.to("fast"))) {
      var got = new AtomicInteger();
      client.onMessage(_ -> got.incrementAndGet());
      client.subscribe("a", 0);
      for (int i = 0; i < 300; i++) {
        var _ = client.send("a", new byte[10], 0, false);
      }
      await().until(() -> got.get() == 300);
      assertThat(broker.count("mqtt.rate_pauses")).isPositive();
    }
  }

  @Test
  void bytesCountToo() {
    try (var broker = TestServer.open(Map.of("rates.bytesPerSecond", "100000"));
        var client = MqttClient.connect(broker.to("fat"))) {
      client.publish("a", new byte[120_000], 1, false);
      client.publish("a", new byte[10], 1, false);
      assertThat(broker.count("mqtt.rate_pauses")).isPositive();
    }
  }

  @Test
  void anAddressThatConnectsTooOftenIsToldSo() {
    try (var broker = TestServer.open(Map.of("rates.connectsPerSecond", "1"))) {
      assertThatThrownBy(() -> connectMany(broker.to("b").version(ProtocolVersion.V5)))
          .hasMessageContaining("connects too often (mqtt.rates.connectsPerSecond)");
      assertThat(broker.count("mqtt.connects_too_fast")).isEqualTo(1);
    }
  }

  private static void connectMany(MqttClientOptions options) {
    for (int i = 0; i < 100; i++) {
      MqttClient.connect(options).close();
    }
  }
}
