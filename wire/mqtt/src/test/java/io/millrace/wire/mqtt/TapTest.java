package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The doors to the platform: who may connect, and messages taken out of the broker.
class TapTest {
  private final ConcurrentLinkedDeque<Ack> acks = new ConcurrentLinkedDeque<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final TestServer broker =
      TestServer.open(
          Map.of("maxUnacknowledged", "10", "allowAnonymous", "none"),
          TapTest::authenticate,
          Authorizer.ALL,
          tap());

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  @Clause("MQTT-3.1.4-2")
  void wrongNamesAreRefusedWithTheReason() {
    assertThatThrownBy(() -> MqttClient.connect(broker.to("c").userName("nobody")))
        .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD");
    assertThatThrownBy(() -> MqttClient.connect(broker.to("c")))
        .hasMessageContaining("NOT_AUTHORIZED");
    assertThat(broker.count("mqtt.connects_refused")).isEqualTo(2);
  }

  @Test
  void acknowledgementsLeaveInTheOrderOfTheMessages() {
    try (var client = device(ProtocolVersion.V3_1_1)) {
      var order = new CopyOnWriteArrayList<Integer>();
      for (int i = 0; i < 3; i++) {
        int number = i;
        client.send("taken/x", new byte[0], 1, false).thenRun(() -> order.add(number));
      }
      client.send("plain", new byte[0], 1, false).thenRun(() -> order.add(3));
      await().until(() -> acks.size() == 3);
      acks.removeFirst().done(); // the newest first
      acks.removeFirst().done();
      assertThat(order).isEmpty();
      acks.removeFirst().done();
      await().until(() -> order.size() == 4);
      assertThat(order).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void aRefusalReachesA5ClientAndClosesAnOlderOne() {
    try (var five = device(ProtocolVersion.V5);
        var old = device(ProtocolVersion.V3_1_1)) {
      var answer = five.send("taken/x", new byte[0], 1, false);
      await().until(() -> acks.size() == 1);
      acks.remove().refused(new Refusal(Refusal.Kind.MALFORMED, "not JSON"));
      assertThat(answer.join()).isEqualTo(ReasonCode.PAYLOAD_FORMAT_INVALID);
      old.send("taken/x", new byte[0], 1, false);
      await().until(() -> acks.size() == 1);
      acks.remove().refused(new Refusal(Refusal.Kind.MALFORMED, "not JSON"));
      await().until(() -> !old.isConnected());
      assertThat(five.isConnected()).isTrue();
    }
  }

  @Test
  @Clause({"MQTT-3.4.2-2", "MQTT-3.5.2-2"})
  void aReasonThatTheClientCannotTakeIsLeftOut() {
    try (var raw = RawClient.connect(broker.port())) {
      raw.send("10 r27 s4 'MQTT' 05 82 k60 05 27 L16 s1 'm' s6 'device'");
      raw.expect("20 r14 00000B 22 H10 27 L2000000 21 H20");
      raw.send("32 r13 s7 'taken/x' m1 00 '1' 34 r13 s7 'taken/x' m2 00 '1'");
      await().until(() -> acks.size() == 2);
      acks.forEach(ack -> ack.refused(new Refusal(Refusal.Kind.MALFORMED, "not JSON, sadly")));
      raw.expect("40 r3 m1 99 50 r3 m2 99");
    }
  }

  @Test
  void tooManyUnacknowledgedStopReading() {
    try (var client = device(ProtocolVersion.V3_1_1)) {
      var answers = new ArrayList<CompletableFuture<ReasonCode>>();
      for (int i = 0; i < 50; i++) {
        answers.add(client.send("taken/x", new byte[0], 1, false));
      }
      await().until(() -> acks.size() == 10);
      await().during(java.time.Duration.ofMillis(200)).until(() -> acks.size() == 10);
      await()
          .until(
              () -> {
                for (var ack = acks.poll(); ack != null; ack = acks.poll()) {
                  ack.done();
                }
                return answers.stream().allMatch(CompletableFuture::isDone);
              });
    }
  }

  @Test
  void takenSubscriptionsAreServedByTheTapAlone() {
    var got = new CopyOnWriteArrayList<Publish>();
    try (var client = device(ProtocolVersion.V5)) {
      client.onMessage(got::add);
      client.subscribe("taken/rpc", 1);
      await().until(() -> got.size() == 1);
      assertThat(got.getFirst().topicText()).isEqualTo("taken/rpc");
      client.unsubscribe("taken/rpc");
    }
    await().until(() -> events.contains("disconnected clean=true"));
    assertThat(events)
        .containsExactly("connected device", "unsubscribed", "disconnected clean=true");
  }

  private MqttClient device(ProtocolVersion version) {
    return MqttClient.connect(broker.to("d" + version).version(version).userName("device"));
  }

  private static void authenticate(
      ConnectRequest request, java.util.function.Consumer<ConnectDecision> decision) {
    decision.accept(
        switch (request.userName().orElse("")) {
          case "" -> new ConnectDecision.Anonymous();
          case "device" -> new ConnectDecision.Accepted(() -> "device");
          default ->
              new ConnectDecision.Refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "who is that?");
        });
  }

  private Tap tap() {
    return new Tap() {
      @Override
      public boolean takesPublish(Client client, Publish publish, Ack ack) {
        boolean taken = publish.topicText().startsWith("taken/");
        if (taken) {
          acks.push(ack);
        }
        return taken;
      }

      @Override
      public boolean takesSubscribe(Client client, String filter, int qos) {
        boolean taken = filter.startsWith("taken/");
        if (taken) {
          client.send(filter, new byte[] {1}, qos);
        }
        return taken;
      }

      @Override
      public void unsubscribed(Client client, String filter) {
        events.add("unsubscribed");
      }

      @Override
      public void connected(Client client) {
        events.add("connected " + client.principal().name());
      }

      @Override
      public void disconnected(Client client, boolean clean) {
        events.add("disconnected clean=" + clean);
      }
    };
  }
}
