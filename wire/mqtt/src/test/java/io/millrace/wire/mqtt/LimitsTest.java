package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What bad or greedy clients get; each time a bystander goes on unharmed.
class LimitsTest {
  private static final String CONNECT_5 = "10 r14 s4 'MQTT' 05 02 k60 00 s1 'x'";
  private final TestServer broker =
      TestServer.open(
          Map.of(
              "maxPacketBytes", "2000",
              "maxTopicLevels", "5",
              "maxSubscriptions", "3",
              "maxQueuedBytes", "65536",
              "allowAnonymous", "loopback",
              "connectTimeout", "1s"));
  private final List<Publish> seen = new CopyOnWriteArrayList<>();
  private final MqttClient bystander = MqttClient.connect(broker.to("bystander"), seen::add);

  @AfterEach
  void bystanderIsUnharmed() {
    bystander.subscribe("still/here", 1);
    bystander.publish("still/here", "yes".getBytes(UTF_8), 1, false);
    await().until(() -> seen.stream().anyMatch(p -> p.topicText().equals("still/here")));
    bystander.close();
    broker.close();
  }

  @Test
  @Clause("MQTT-3.2.2-15")
  void anOversizedPacketIsRefusedByItsHeader() {
    try (var raw = connected()) {
      raw.send("30 r2001"); // the body never comes
      raw.expect("E0 r1 95");
      raw.expectEnd();
    }
  }

  @Test
  void garbageIsRefused() {
    try (var raw = connected()) {
      raw.send("30 r4 FF FF FF FF");
      raw.expect("E0 r1 81");
      raw.expectEnd();
    }
    assertThat(broker.count("mqtt.packets_malformed")).isEqualTo(1);
  }

  @Test
  void silenceInsteadOfConnectIsNotWaitedForForEver() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.expectEnd();
    }
  }

  @Test
  void keepAliveIsEnforced() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r14 s4 'MQTT' 05 02 k1 00 s1 'k'");
      raw.expect("20 r14 00000B 22 H10 27 L2000 21 H20");
      raw.expect("E0 r1 8D");
      raw.expectEnd();
    }
    assertThat(broker.count("mqtt.keep_alive_timeouts")).isEqualTo(1);
  }

  @Test
  void topicsMayNotHaveTooManyLevels() {
    try (var client = MqttClient.connect(broker.to("deep").version(ProtocolVersion.V5))) {
      assertThat(client.send("a/b/c/d/e", new byte[0], 1, false).join())
          .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
      assertThat(client.send("a/b/c/d/e/f", new byte[0], 1, false).join())
          .isEqualTo(ReasonCode.NOT_AUTHORIZED);
      assertThatThrownBy(() -> client.subscribe("a/b/c/d/e/#", 1))
          .isInstanceOf(MqttClientException.class);
    }
  }

  @Test
  @Clause("MQTT-4.7.3-3")
  void aTopicNameFitsIntoItsLength() {
    assertThatThrownBy(() -> bystander.publish("t".repeat(65_536), new byte[0], 0, false))
        .hasMessageContaining("longer than 65535 bytes");
  }

  @Test
  void subscriptionsPerClientAreBounded() {
    try (var client = MqttClient.connect(broker.to("greedy").version(ProtocolVersion.V5))) {
      for (int i = 0; i < 3; i++) {
        client.subscribe("t" + i, 0);
      }
      assertThatThrownBy(() -> client.subscribe("t3", 0)).hasMessageContaining("QUOTA_EXCEEDED");
      client.unsubscribe("t0");
      client.subscribe("t3", 0);
    }
  }

  @Test
  @Clause("MQTT-3.3.4-7")
  void theReceiveMaximumIsEnforced() {
    try (var raw = connected()) {
      for (int id = 1; id <= 20; id++) {
        raw.send("34 r6 s1 'a' m%d 00".formatted(id));
        raw.expect("50 r2 m%d".formatted(id));
      }
      raw.send("34 r6 s1 'a' m21 00");
      raw.expect("E0 r1 93");
      raw.expectEnd();
    }
  }

  @Test
  void aClientThatGoesOnSendingStillLearnsWhyItIsClosed() {
    try (var raw = connected()) {
      for (int id = 1; id <= 20; id++) {
        raw.send("34 r6 s1 'a' m%d 00".formatted(id));
        raw.expect("50 r2 m%d".formatted(id));
      }
      raw.send("34 r6 s1 'a' m21 00" + " 34 r6 s1 'a' m22 00".repeat(1000));
      await().until(() -> broker.server.view().session("x").isEmpty());
      raw.send("34 r6 s1 'a' m23 00".repeat(1000)); // no reset, which would take the answer away
      raw.expect("E0 r1 93");
      raw.expectEnd();
    }
  }

  @Test
  void aSubscriberThatNeverReadsLosesQos0MessagesAndNothingElseHappens() {
    try (var raw = connected()) {
      raw.send("82 r9 m1 00 s3 'big' 00");
      raw.expect("90 r4 m1 00 00");
      var payload = new byte[1500];
      await()
          .until(
              () -> {
                for (int i = 0; i < 500; i++) {
                  bystander.send("big", payload, 0, false);
                }
                bystander.publish("sync", payload, 1, false);
                return broker.count("mqtt.dropped_qos0_slow_client") > 0;
              });
    }
  }

  @Test
  void reservedTopicsAreNotForClients() {
    try (var client = MqttClient.connect(broker.to("sys").version(ProtocolVersion.V5))) {
      assertThat(client.send("$SYS/broker/version", new byte[1], 1, false).join())
          .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }
  }

  private RawClient connected() {
    var raw = RawClient.connect(broker.port());
    raw.send(CONNECT_5);
    raw.expect("20 r14 00000B 22 H10 27 L2000 21 H20");
    return raw;
  }
}
