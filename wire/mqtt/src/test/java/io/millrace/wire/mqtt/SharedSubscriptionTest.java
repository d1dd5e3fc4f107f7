package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Shared subscriptions: one copy, fairly, and nothing lost with a member.
class SharedSubscriptionTest {
  private final TestServer broker = TestServer.open();

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void eachMessageGoesToOneMemberAndAllGetSome() {
    var got = new ArrayList<List<String>>();
    var members = new ArrayList<MqttClient>();
    for (int i = 0; i < 4; i++) {
      var mine = new CopyOnWriteArrayList<String>();
      got.add(mine);
      members.add(member("m" + i, mine));
    }
    try (var publisher = MqttClient.connect(broker.to("p"))) {
      publish(publisher, 400);
      await().until(() -> got.stream().mapToInt(List::size).sum() == 400);
    }
    assertThat(got).allMatch(mine -> mine.size() == 100);
    members.forEach(MqttClient::close);
  }

  @Test
  void whatALeavingMemberDidNotAcknowledgeGoesToAnother() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r14 s4 'MQTT' 05 02 k60 00 s1 'x'");
      raw.expect("20 r14 00000B 22 H10 27 L2000000 21 H20");
      raw.send("82 r21 m1 00 s15 '$share/g/work/#' 01");
      raw.expect("90 r4 m1 00 01");
      var got = new CopyOnWriteArrayList<String>();
      try (var other = member("other", got);
          var publisher = MqttClient.connect(broker.to("p"))) {
        publish(publisher, 100);
        await().until(() -> got.size() == 50);
        raw.close();
        await().until(() -> got.size() == 100);
        assertThat(new TreeSet<>(got)).hasSize(100);
        assertThat(other.isConnected()).isTrue();
      }
    }
  }

  private MqttClient member(String id, List<String> got) {
    var client =
        MqttClient.connect(
            broker.to(id).version(ProtocolVersion.V5), (Publish p) -> got.add(p.payloadText()));
    client.subscribe("$share/g/work/#", 1);
    return client;
  }

  private static void publish(MqttClient publisher, int count) {
    IntStream.range(0, count)
        .mapToObj(i -> publisher.send("work/x", Integer.toString(i).getBytes(UTF_8), 1, false))
        .toList()
        .forEach(answer -> assertThat(answer.join().isError()).isFalse());
  }
}
