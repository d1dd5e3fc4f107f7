package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Listeners that take names, topics and versions in their own way.
class ListenerFormTest {
  private static final ListenerRules OPEN = ListenerRules.anonymous(AllowAnonymous.ALL);
  private final TestServer broker =
      TestServer.open(
          List.of(
              listener("plain", ListenerForm.USUAL),
              listener("mounted", form("plant/", false, Set.of(ProtocolVersion.values()), true)),
              listener("named", form("", true, Set.of(ProtocolVersion.values()), true)),
              listener("new", form("", false, Set.of(ProtocolVersion.V5), false))),
          (request, decision) ->
              decision.accept(
                  new ConnectDecision.Accepted(new UserPrincipal(request.userName().orElse("")))),
          Authorizer.ALL);
  private final List<String> outside = new CopyOnWriteArrayList<>();
  private final List<String> inside = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void aMountPointStandsBeforeEveryTopicAndIsNotSeenInside() {
    try (var here = connect("plain", "here", outside);
        var there = connect("mounted", "there", inside)) {
      here.subscribe("#", 1);
      there.subscribe("in/#", 1);
      there.publish("in/a", "1".getBytes(UTF_8), 1, true);
      here.publish("plant/in/b", "2".getBytes(UTF_8), 1, false);
      here.publish("in/c", "not for inside".getBytes(UTF_8), 1, false);
      await().until(() -> outside.size() == 3 && inside.size() == 2);
      // two publishers: no order between their messages
      assertThat(outside)
          .containsExactlyInAnyOrder("plant/in/a=1", "plant/in/b=2", "in/c=not for inside");
      assertThat(inside).containsExactlyInAnyOrder("in/a=1", "in/b=2");
      there.unsubscribe("in/#");
      there.subscribe("$share/g/in/+", 1); // shared ones are of the listener too
      here.publish("plant/in/d", "3".getBytes(UTF_8), 1, false);
      await().until(() -> inside.contains("in/d=3"));
    }
  }

  @Test
  void aMountedClientLeavesItsWillBelowTheMountPoint() {
    try (var here = connect("plain", "here", outside)) {
      here.subscribe("plant/#", 1);
      var will =
          new Publish(
              TopicName.of("gone"), "w".getBytes(UTF_8), 1, false, false, 0, Properties.NONE);
      var leaving = MqttClient.connect(to("mounted", "leaving").will(will));
      broker.server.view().session("leaving").orElseThrow();
      MqttClient.connect(to("mounted", "leaving")).close(); // takes over: the first one breaks
      await().until(() -> outside.contains("plant/gone=w"));
      leaving.close();
    }
  }

  @Test
  void topicAliasesWorkBelowAMountPoint() {
    var options = to("mounted", "five").version(ProtocolVersion.V5);
    try (var there =
        MqttClient.connect(
            options, publish -> inside.add(publish.topicText() + "=" + publish.payloadText()))) {
      there.subscribe("x", 0);
      for (int i = 0; i < 3; i++) {
        there.publish("x", Integer.toString(i).getBytes(UTF_8), 1, false);
      }
      await().until(() -> inside.size() == 3);
      assertThat(inside).containsExactly("x=0", "x=1", "x=2");
    }
  }

  @Test
  void theUserNameIsTheClientIdentifier() {
    try (var _ = MqttClient.connect(to("named", "whatever").userName("ann"))) {
      assertThat(broker.server.view().session("ann")).isPresent();
      assertThat(broker.server.view().session("whatever")).isEmpty();
    }
    assertThatThrownBy(() -> MqttClient.connect(to("named", "whatever")))
        .hasMessageContaining("NOT_AUTHORIZED");
  }

  @Test
  void versionsAndNamelessClientsAreRefusedWhereTheListenerSaysSo() {
    assertThatThrownBy(() -> MqttClient.connect(to("new", "old")))
        .hasMessageContaining("UNSUPPORTED_PROTOCOL_VERSION");
    assertThatThrownBy(() -> MqttClient.connect(to("new", "").version(ProtocolVersion.V5)))
        .hasMessageContaining("CLIENT_IDENTIFIER_NOT_VALID");
    MqttClient.connect(to("new", "named").version(ProtocolVersion.V5)).close();
  }

  @Test
  void assignedIdentifiersBeginAsTheListenerSays() {
    try (var client = MqttClient.connect(to("mounted", "").version(ProtocolVersion.V5))) {
      assertThat(client.isConnected()).isTrue();
      assertThat(broker.server.view().sessions(BrokerView.Query.ALL).rows())
          .anyMatch(row -> row.clientId().startsWith("auto-"));
    }
  }

  @Test
  @Clause("MQTT-3.2.2-13")
  void withoutRetainedMessagesClientsAreToldAndClosedWhenTheyRetain() {
    try (var bare = TestServer.open(Map.of("maxRetained", "0"))) {
      try (var raw = RawClient.connect(bare.port())) {
        raw.send("10 r14 s4 'MQTT' 05 02 k60 00 s1 'x'");
        raw.expect("20 r16 00000D 22 H10 27 L2000000 21 H20 25 00");
        raw.send("31 r5 s1 't' 00 '1'");
        raw.expect("E0 r29 9A"); // RETAIN_NOT_SUPPORTED, and in words why
      }
      var will = new Publish(TopicName.of("w"), new byte[1], 0, true, false, 0, Properties.NONE);
      assertThatThrownBy(
              () -> MqttClient.connect(bare.to("a").version(ProtocolVersion.V5).will(will)))
          .hasMessageContaining(ReasonCode.RETAIN_NOT_SUPPORTED.name());
    }
  }

  private static ListenerForm form(
      String mount, boolean takesUserName, Set<ProtocolVersion> versions, boolean takesNameless) {
    return new ListenerForm(mount, takesUserName, versions, "auto-", takesNameless);
  }

  private static ListenerConfig listener(String name, ListenerForm form) {
    return ListenerConfig.tcp(name, "test", "127.0.0.1", 0, OPEN.with(form));
  }

  private MqttClientOptions to(String listener, String clientId) {
    int port =
        broker.server.listening().stream()
            .filter(one -> one.name().equals(listener))
            .findFirst()
            .orElseThrow()
            .port();
    return MqttClientOptions.to("127.0.0.1", port).clientId(clientId);
  }

  private MqttClient connect(String listener, String clientId, List<String> got) {
    return MqttClient.connect(
        to(listener, clientId),
        publish -> got.add(publish.topicText() + "=" + publish.payloadText()));
  }
}
