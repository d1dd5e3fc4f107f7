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
      acks.removeLast().done();
      acks.removeLast().done();
      assertThat(order).isEmpty();
      acks.removeLast().done();
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
