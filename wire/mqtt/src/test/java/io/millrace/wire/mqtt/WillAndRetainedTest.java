package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.TopicName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Wills, retained messages and the subscription options of 5.0.
class WillAndRetainedTest {
  private final TestServer broker = TestServer.open();
  private final List<Publish> got = new CopyOnWriteArrayList<>();
  private MqttClient observer;

  @BeforeEach
  void connect() {
    observer = MqttClient.connect(broker.to("observer").version(ProtocolVersion.V5), got::add);
  }

  @AfterEach
  void close() {
    observer.close();
    broker.close();
  }

  @Test
  @Clause({"MQTT-3.1.2-8", "MQTT-3.1.2-10"})
  void aBrokenConnectionLeavesItsWill() {
    observer.subscribe("will/#", 1);
    var dying = MqttClient.connect(broker.to("dying").will(will(Properties.NONE)));
    dying.breakOff();
    await().until(() -> got.size() == 1);
    assertThat(got.getFirst().payloadText()).isEqualTo("gone");
  }

  @Test
  @Clause({"MQTT-3.1.2-10", "MQTT-3.14.4-3"})
  void aCleanGoodbyeLeavesNone() {
    observer.subscribe("#", 1);
    MqttClient.connect(broker.to("polite").will(will(Properties.NONE))).close();
    observer.publish("end", new byte[] {1}, 1, false);
    await().until(() -> !got.isEmpty());
    assertThat(got.getFirst().topicText()).isEqualTo("end");
  }

  @Test
  @Clause("MQTT-3.1.3-9")
  void aDelayedWillIsCalledOffByComingBack() {
    observer.subscribe("#", 1);
    var options =
        broker
            .to("flaky")
            .version(ProtocolVersion.V5)
            .session(false, 60)
            .will(will(Properties.NONE.with(Property.WILL_DELAY_INTERVAL, 60)));
    MqttClient.connect(options).breakOff();
    MqttClient.connect(options).close();
    observer.publish("end", new byte[] {1}, 1, false);
    await().until(() -> !got.isEmpty());
    assertThat(got.getFirst().topicText()).isEqualTo("end");
  }

  @Test
  void aDelayedWillComesWhenTheSessionEnds() {
    observer.subscribe("will/#", 1);
    var options =
        broker
            .to("short")
            .version(ProtocolVersion.V5)
            .session(false, 1)
            .will(will(Properties.NONE.with(Property.WILL_DELAY_INTERVAL, 60)));
    MqttClient.connect(options).breakOff();
    await().until(() -> got.size() == 1);
  }

  @Test
  @Clause({"MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-7", "MQTT-3.3.1-12"})
  void retainedMessagesComeToNewSubscriptionsOnly() {
    observer.publish("state/a", "1".getBytes(UTF_8), 1, true);
    observer.publish("state/a", "2".getBytes(UTF_8), 1, true);
    observer.publish("state/b", "3".getBytes(UTF_8), 0, true);
    observer.publish("state/b", new byte[0], 0, true);
    observer.subscribe("state/+", 1);
    await().until(() -> got.size() == 1);
    assertThat(got.getFirst().retain()).isTrue();
    assertThat(got.getFirst().payloadText()).isEqualTo("2");
    observer.publish("state/a", "4".getBytes(UTF_8), 1, true);
    await().until(() -> got.size() == 2);
    assertThat(got.get(1).retain()).isFalse();
  }

  @Test
  @Clause({"MQTT-3.3.1-10", "MQTT-3.3.1-11", "MQTT-3.3.1-13"})
  void retainHandlingAndRetainAsPublished() {
    observer.publish("state/a", "1".getBytes(UTF_8), 1, true);
    subscribe(new Subscribe.Request("state/a", 1, false, true, 2));
    subscribe(new Subscribe.Request("state/a", 1, false, true, 1));
    observer.publish("state/a", "2".getBytes(UTF_8), 1, true);
    await().until(() -> got.size() == 1);
    assertThat(got.getFirst().payloadText()).isEqualTo("2");
    assertThat(got.getFirst().retain()).isTrue();
  }

  @Test
  @Clause("MQTT-3.8.3-3")
  void noLocalKeepsOwnMessagesAway() {
    subscribe(new Subscribe.Request("talk", 1, true, false, 0));
    observer.publish("talk", "own".getBytes(UTF_8), 1, false);
    try (var other = MqttClient.connect(broker.to("other"))) {
      other.publish("talk", "theirs".getBytes(UTF_8), 1, false);
    }
    await().until(() -> !got.isEmpty());
    assertThat(got).extracting(Publish::payloadText).containsExactly("theirs");
  }

  @Test
  void overlappingSubscriptionsDeliverOnceWithAllIdentifiers() {
    observer.subscribe(Subscribe.Request.of("a/+", 0), identifier(3));
    observer.subscribe(Subscribe.Request.of("a/#", 2), identifier(5));
    observer.publish("a/b", "x".getBytes(UTF_8), 2, false);
    observer.publish("a", "end".getBytes(UTF_8), 1, false);
    await().until(() -> got.size() == 2);
    assertThat(got.getFirst().qos()).isEqualTo(2);
    assertThat(got.getFirst().properties().subscriptionIdentifiers())
        .containsExactlyInAnyOrder(3, 5);
  }

  @Test
  @Clause("MQTT-3.3.2-6")
  void propertiesTravelAndExpiryCountsDown() {
    observer.subscribe("p", 1);
    var properties =
        Properties.NONE
            .with(Property.MESSAGE_EXPIRY_INTERVAL, 100)
            .with(Property.CONTENT_TYPE, "text/plain")
            .with(Property.RESPONSE_TOPIC, "answers")
            .with(Property.CORRELATION_DATA, new byte[] {7})
            .with("k", "1")
            .with("k", "2");
    observer.send(new Publish(TopicName.of("p"), new byte[0], 1, false, false, 0, properties));
    await().until(() -> got.size() == 1);
    var arrived = got.getFirst().properties();
    assertThat(arrived.text(Property.CONTENT_TYPE)).isEqualTo("text/plain");
    assertThat(arrived.text(Property.RESPONSE_TOPIC)).isEqualTo("answers");
    assertThat(arrived.binary(Property.CORRELATION_DATA)).containsExactly(7);
    assertThat(arrived.userProperties()).hasSize(2);
    assertThat(arrived.number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isBetween(98L, 100L);
  }

  private void subscribe(Subscribe.Request request) {
    observer.subscribe(request, Properties.NONE);
  }

  private static Properties identifier(int number) {
    return Properties.NONE.with(Property.SUBSCRIPTION_IDENTIFIER, number);
  }

  private static Publish will(Properties properties) {
    return new Publish(
        TopicName.of("will/x"), "gone".getBytes(UTF_8), 1, false, false, 0, properties);
  }
}
