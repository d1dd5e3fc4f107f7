package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.BrokerView.Query;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an operator sees and may do.
class BrokerViewTest {
  private final TestServer broker = TestServer.open(Map.of("topicsTracked", "3"));
  private final BrokerView view = broker.server.view();

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void clientsAreListedInOrderWithWhatTheyDo() {
    try (var b = MqttClient.connect(broker.to("b").version(ProtocolVersion.V5));
        var a = MqttClient.connect(broker.to("a").version(ProtocolVersion.V3_1_1))) {
      b.subscribe("x/+", 1);
      a.publish("x/1", "hello".getBytes(UTF_8), 1, false);
      await()
          .untilAsserted(
              () -> {
                var page = view.clients(Query.ALL);
                assertThat(page.total()).isEqualTo(2);
                assertThat(page.rows()).extracting(c -> c.clientId()).containsExactly("a", "b");
                assertThat(page.rows().get(0).received()).isEqualTo(1);
                assertThat(page.rows().get(0).receivedBytes()).isEqualTo(5);
                assertThat(page.rows().get(0).receivedPerSecond()).isPositive();
                assertThat(page.rows().get(1).sent()).isEqualTo(1);
              });
      var seen = view.session("b").orElseThrow();
      assertThat(seen.isConnected()).isTrue();
      assertThat(seen.protocol()).isEqualTo("5.0");
      assertThat(seen.address()).startsWith("127.0.0.1:");
      assertThat(seen.user()).isEqualTo("anonymous");
      assertThat(seen.subscriptions()).isEqualTo(1);
      assertThat(seen.connectedAtMs()).isPositive();
      assertThat(view.subscriptions(null, Query.ALL).rows())
          .containsExactly(new BrokerView.SubscriptionInfo("b", "x/+", 1, "", false));
    }
  }

  @Test
  void pagesAndSearchesLeaveOutTheRest() {
    var clients = new ArrayList<MqttClient>();
    for (int i = 0; i < 5; i++) {
      clients.add(MqttClient.connect(broker.to("pump-" + i)));
    }
    clients.add(MqttClient.connect(broker.to("Valve")));
    assertThat(view.clients(new Query("pump", "", 1, 2)).rows())
        .extracting(c -> c.clientId())
        .containsExactly("pump-1", "pump-2");
    assertThat(view.clients(new Query("pump", "", 1, 2)).total()).isEqualTo(5);
    assertThat(view.clients(new Query("valve", "", 0, 10)).total()).isEqualTo(1);
    assertThat(view.clients(new Query("", "", 99, 10)).rows()).isEmpty();
    clients.forEach(MqttClient::close);
  }

  @Test
  void aKickedClientIsDisconnectedAndItsSessionStays() {
    var options = broker.to("kept").version(ProtocolVersion.V5).session(false, 60);
    try (var client = MqttClient.connect(options)) {
      client.subscribe("a", 1);
      assertThat(view.kick("kept")).isTrue();
      await().until(() -> !client.isConnected());
      await().until(() -> view.clients(Query.ALL).total() == 0);
      assertThat(view.sessions(Query.ALL).rows())
          .singleElement()
          .satisfies(session -> assertThat(session.isConnected()).isFalse());
      assertThat(view.kick("kept")).isFalse();
      assertThat(view.deleteSession("kept")).isTrue();
      assertThat(view.sessions(Query.ALL).total()).isZero();
      assertThat(view.subscriptions(null, Query.ALL).total()).isZero();
      assertThat(view.deleteSession("kept")).isFalse();
    }
  }

  @Test
  void deletingAConnectedSessionEndsItForGood() {
    var options = broker.to("gone").version(ProtocolVersion.V5).session(false, 60);
    try (var client = MqttClient.connect(options)) {
      assertThat(view.deleteSession("gone")).isTrue();
      await().until(() -> view.sessions(Query.ALL).total() == 0);
    }
  }

  @Test
  void retainedMessagesAreListedByFilterAndDeleted() {
    try (var client = MqttClient.connect(broker.to("c"))) {
      for (var topic : List.of("r/2", "r/1", "other")) {
        client.publish(topic, topic.getBytes(UTF_8), 1, true);
      }
      var page = view.retained("r/+", Query.ALL);
      assertThat(page.rows()).extracting(r -> r.topic()).containsExactly("r/1", "r/2");
      assertThat(page.rows().getFirst().payload()).isEqualTo("r/1".getBytes(UTF_8));
      assertThat(view.deleteRetained("r/1")).isTrue();
      assertThat(view.deleteRetained("r/1")).isFalse();
      assertThat(view.retained("#", Query.ALL).total()).isEqualTo(2);
      assertThatThrownBy(() -> view.retained("a/#/b", Query.ALL))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void topicsShowCountsRatesAndTheNewestPayloadWithinTheirBound() {
    try (var client = MqttClient.connect(broker.to("one-loop"))) {
      for (int i = 0; i < 10; i++) {
        client.publish("t/hot", ("v" + i).getBytes(UTF_8), 1, false);
      }
      client.publish("t/large", new byte[1000], 1, false);
      for (int i = 0; i < 20; i++) {
        client.publish("many/" + i, new byte[1], 1, false);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(view.topics(new Query("t/hot", "", 0, 1)).rows())
                      .singleElement()
                      .satisfies(topic -> assertThat(topic.messagesPerSecond()).isPositive()));
      var topics = view.topics(Query.ALL);
      assertThat(topics.total()).isEqualTo(3);
      assertThat(topics.rows().get(1).messages()).isEqualTo(10);
      assertThat(topics.rows().get(1).last()).isEqualTo("v9".getBytes(UTF_8));
      assertThat(topics.rows().get(2).bytes()).isEqualTo(1000);
      assertThat(topics.rows().get(2).last()).hasSize(256);
      assertThat(view.untrackedMessages()).isEqualTo(19);
    }
  }
}
