package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that break, starve, flood or lie; each time a bystander goes on unharmed.
class FaultTest {
  private static final String CONNACK_5 = "20 r14 00000B 22 H10 27 L16000000 21 H20";
  private final TestServer broker =
      TestServer.open(
          Map.of(
              "maxPacketBytes", "16000000",
              "maxQueued", "500",
              "maxQueuedBytes", "100000",
              "maxSubscriptions", "2000"));
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
  void anyBytesEndInACleanDisconnect() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      try (var raw = RawClient.connect(broker.port())) {
        if (random.nextBoolean()) {
          raw.send("10 r14 s4 'MQTT' 05 02 k60 00 s1 'x'");
        }
        var bytes = new byte[random.nextInt(2000) + 1];
        random.nextBytes(bytes);
        raw.send(bytes);
      }
    }
    await().until(() -> broker.count("mqtt.connections") == 1);
  }

  @Test
  void manyHeadersOfLargePacketsWithoutBodiesTakeNoMemory() {
    var open = new ArrayList<RawClient>();
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    for (int i = 0; i < 200; i++) {
      var raw = RawClient.connect(broker.port());
      raw.send("10 r17 s4 'MQTT' 05 02 k60 00 s4 'h%03d'".formatted(i));
      raw.expect(CONNACK_5);
      raw.send("30 r10000000 s1 'a' 00");
      open.add(raw);
    }
    long sent = 200 * (19 + 9);
    await().until(() -> broker.count("mqtt.bytes_received") >= sent);
    long grown = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;
    assertThat(grown).isLessThan(100_000_000); // 2 GB were announced
    open.forEach(RawClient::close);
  }

  @Test
  void aSubscriberThatNeverReadsIsBoundedAtQos1() {
    try (var raw = connected("deaf")) {
      raw.send("82 r9 m1 00 s3 'big' 01");
      raw.expect("90 r4 m1 00 01");
      var payload = new byte[10_000];
      await()
          .until(
              () -> {
                for (int i = 0; i < 100; i++) {
                  bystander.publish("big", payload, 1, false);
                }
                return broker.count("mqtt.dropped_queue_full") > 0;
              });
      var session = broker.server.view().session("deaf").orElseThrow();
      assertThat(session.queuedBytes()).isLessThan(200_000);
    }
  }

  @Test
  void aTopicOf65535LevelsIsRefused() {
    var topic = "/".repeat(65_535);
    try (var client = MqttClient.connect(broker.to("deep").version(ProtocolVersion.V5))) {
      assertThat(client.send(topic, new byte[1], 1, true).join())
          .isEqualTo(ReasonCode.NOT_AUTHORIZED);
      assertThatThrownBy(() -> client.subscribe("+/".repeat(32_000) + "#", 1))
          .isInstanceOf(MqttClientException.class);
    }
  }

  @Test
  void aSubscriptionBombStopsAtTheLimit() {
    var all = IntStream.range(0, 5000).mapToObj(i -> Subscribe.Request.of("b/+/" + i, 0)).toList();
    var out = Unpooled.buffer();
    PacketWriter.write(
        new Subscribe(1, all, io.millrace.wire.mqtt.codec.Properties.NONE),
        out,
        ProtocolVersion.V5);
    try (var raw = connected("bomb")) {
      raw.send(ByteBufUtil.getBytes(out));
      raw.expect("90 r5003 m1 00" + " 00".repeat(2000) + " 97".repeat(3000));
      assertThat(broker.count("mqtt.subscriptions")).isEqualTo(2000);
    }
    await().until(() -> broker.count("mqtt.subscriptions") == 0);
  }

  @Test
  void aHalfOpenSocketIsGivenUpByItsKeepAlive() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r17 s4 'MQTT' 05 02 k1 00 s4 'half'");
      raw.expect(CONNACK_5);
      raw.send("30 r9 s1 'a'"); // and the rest never comes
      raw.expect("E0 r1 8D");
      raw.expectEnd();
    }
    assertThat(broker.server.view().session("half")).isEmpty();
  }

  @Test
  void bytesThatTrickleInAreNoPackets() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r18 s4 'MQTT' 05 02 k1 00 s5 'loris'");
      raw.expect(CONNACK_5);
      raw.send("30 r100000 s1 'a'");
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                var _ = raw.trickles();
                return broker.server.view().session("loris").isEmpty();
              });
    }
  }

  @Test
  void aStormOfTakeOversLeavesOneSession() {
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            _ -> {
              try (var raw = RawClient.connect(broker.port())) {
                raw.send("10 r18 s4 'MQTT' 05 02 k60 00 s5 'storm'");
              }
            });
    await().until(() -> broker.count("mqtt.connections") == 1);
    assertThat(broker.server.view().session("storm")).isEmpty();
  }

  private RawClient connected(String id) {
    var raw = RawClient.connect(broker.port());
    raw.send("10 r17 s4 'MQTT' 05 02 k60 00 s4 '%s'".formatted(id));
    raw.expect(CONNACK_5);
    return raw;
  }
}
