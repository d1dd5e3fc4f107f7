package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that outlive the broker's process, whenever it ends.
class DurableSessionTest {
  @TempDir Path directory;
  private final Map<String, String> settings = new HashMap<>(Map.of("queueInMemory", "10"));
  private final List<String> got = new CopyOnWriteArrayList<>();
  private DurableBroker durable;

  @BeforeEach
  void open() {
    durable = new DurableBroker(directory, settings);
  }

  @AfterEach
  void close() {
    durable.close();
  }

  @Test
  void queuedMessagesAndSubscriptionsSurviveAKill() {
    subscriber("away", "news/#").close();
    publish("news/a", 1, 0, 500);
    restart();
    publish("news/a", 2, 500, 50);
    try (var again = connect("away", this::take)) {
      assertThat(again.sessionPresent()).isTrue();
      await().until(() -> got.size() == 550);
      assertThat(got).isEqualTo(numbers(0, 550));
    }
  }

  @Test
  void aLongQueueIsReadFromDiskInOrderWhileMoreComes() {
    subscriber("away", "news/#").close();
    publish("news/a", 1, 0, 3000);
    try (var _ = connect("away", this::take)) {
      publish("news/a", 1, 3000, 1000);
      await().until(() -> got.size() == 4000);
      assertThat(got).isEqualTo(numbers(0, 4000));
      await().until(() -> unacknowledged("away") == 0); // the client answers after its callback
    }
    got.clear();
    publish("news/a", 1, 0, 1); // acknowledged after its commit, which follows those of the answers
    restart();
    try (var _ = connect("away", this::take)) {
      await().until(() -> got.contains("0"));
      assertThat(got).containsExactly("0"); // what was acknowledged is gone
    }
  }

  @Test
  void unacknowledgedMessagesComeAgainAsDuplicatesWithTheirIdentifiers() {
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'away'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      publish("news", 1, 1, 1);
      raw.expect("32 r9 s4 'news' m1 '1'");
      publish("news", 2, 2, 1);
      raw.expect("34 r9 s4 'news' m2 '2'");
      publish("news", 2, 3, 1);
      raw.expect("34 r9 s4 'news' m3 '3'");
      raw.send("50 r2 m2");
      raw.expect("62 r2 m2");
      restart();
    }
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'away'");
      raw.expect("20 r2 01 00");
      raw.expect("3A r9 s4 'news' m1 '1'");
      raw.expect("62 r2 m2");
      raw.expect("3C r9 s4 'news' m3 '3'");
      raw.send("70 r2 m2 50 r2 m3");
      raw.expect("62 r2 m3");
    }
  }

  @Test
  void aQos2MessageThatWaitedLeavesWithoutAnotherCommitAndKeepsItsIdentifier() {
    settings.put("maxInflight", "1");
    restart();
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      publish("news", 2, 1, 3);
      raw.expect("34 r9 s4 'news' m1 '1'");
      raw.send("50 r2 m1");
      raw.expect("62 r2 m1");
      durable.sessions().die(); // from now on no commit ends
      raw.send("70 r2 m1");
      raw.expect("34 r9 s4 'news' m2 '2'");
      restart();
    }
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 01 00");
      raw.expect("62 r2 m1"); // its PUBCOMP never reached the disk
      raw.send("70 r2 m1");
      raw.expect("3C r9 s4 'news' m2 '2'");
      raw.send("50 r2 m2");
      raw.expect("62 r2 m2");
      raw.send("70 r2 m2");
      raw.expect("3C r9 s4 'news' m3 '3'"); // nobody knows whether it had left
    }
  }

  @Test
  void aQos2MessageThatExpiresInDoubtIsNotSentAgainAndItsIdentifierIsSetFree() {
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      publishForTwoSeconds("news", "1");
      raw.expect("34 r9 s4 'news' m1 '1'");
      restart();
    }
    long expired = System.nanoTime() + 2_100_000_000L;
    await().until(() -> System.nanoTime() - expired > 0);
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 01 00");
      raw.expect("62 r2 m1"); // it may remember the identifier
      publish("news", 2, 2, 1);
      raw.expect("34 r9 s4 'news' m2 '2'");
      raw.send("70 r2 m1 50 r2 m2");
      raw.expect("62 r2 m2");
      raw.send("70 r2 m2");
      await().until(() -> unacknowledged("here") == 0);
    }
  }

  @Test
  void aQos2MessageFromADurableSessionIsTakenOnceAcrossAKill() {
    subscriber("reader", "news").close();
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r18 s4 'MQTT' 04 00 k0 s6 'writer'");
      raw.expect("20 r2 00 00");
      raw.send("34 r9 s4 'news' m7 'a'");
      raw.expect("50 r2 m7");
      restart();
    }
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r18 s4 'MQTT' 04 00 k0 s6 'writer'");
      raw.expect("20 r2 01 00");
      raw.send("3C r9 s4 'news' m7 'a'");
      raw.expect("50 r2 m7");
      raw.send("62 r2 m7");
      raw.expect("70 r2 m7");
      raw.send("34 r9 s4 'news' m7 'b'"); // the identifier is free again
      raw.expect("50 r2 m7");
    }
    try (var _ = connect("reader", this::take)) {
      await().until(() -> got.size() == 2);
      assertThat(got).containsExactly("a", "b");
    }
  }

  @Test
  void aWillWithDelaySurvivesAndIsPublishedInItsTime() {
    subscriber("reader", "wills").close();
    try (var raw = RawClient.connect(port())) {
      raw.send("10 r41 s4 'MQTT' 05 0E k60 05 11 L100 s5 'mourn' 05 18 L1 s5 'wills' s3 'bye'");
      raw.expect("20 r14 00000B 22 H10 27 L2000000 21 H20");
      raw.send("82 r7 m1 00 s1 'x' 00");
      raw.expect("90 r4 m1 00 00"); // it waits for the commit, CONNACK does not
      restart();
    }
    try (var _ = connect("reader", this::take)) {
      await().until(() -> got.contains("bye"));
    }
  }

  @Test
  @Clause("MQTT-4.1.0-2")
  void anExpiredSessionIsGoneAfterARestart() {
    var options = durable.broker.to("brief").session(false, 1).version(ProtocolVersion.V5);
    try (var first = MqttClient.connect(options)) {
      first.subscribe("news", 1);
    }
    restart();
    await().until(() -> durable.broker.server.view().session("brief").isEmpty());
    restart();
    assertThat(durable.broker.server.view().session("brief")).isEmpty();
    assertThat(durable.broker.count("mqtt.subscriptions")).isZero();
  }

  @Test
  void aSessionThatEndedLeavesNothing() {
    subscriber("away", "news/#").close();
    publish("news/a", 1, 0, 100);
    MqttClient.connect(durable.broker.to("away")).close(); // clean start
    restart();
    try (var again = connect("away", this::take)) {
      assertThat(again.sessionPresent()).isFalse();
    }
  }

  @Test
  void subscriptionOptionsSurvive() {
    var options = durable.broker.to("five").session(false, 100).version(ProtocolVersion.V5);
    try (var client = MqttClient.connect(options)) {
      client.subscribe("a/+", 1);
      client.subscribe("$share/g/b", 2);
      client.unsubscribe("a/+");
      client.subscribe("a/+", 2);
    }
    restart();
    var page = durable.broker.server.view().subscriptions("five", BrokerView.Query.ALL);
    assertThat(page.rows().stream().map(row -> row.filter() + row.share() + row.qos()))
        .containsExactly("$share/g/bg2", "a/+2");
  }

  @Test
  void theMembersOfASharedSubscriptionKeepTheirMessages() {
    subscriber("one", "$share/g/news").close();
    subscriber("two", "$share/g/news").close();
    publish("news", 1, 0, 100);
    restart();
    MqttClient.connect(durable.broker.to("one")).close(); // ends: its half goes to the other
    try (var _ = connect("two", this::take)) {
      await().until(() -> got.size() == 100);
      assertThat(got).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
    }
  }

  @Test
  void whatTheDiskRefusesIsRefusedToTheSender() {
    subscriber("away", "news").close();
    try (var sender = MqttClient.connect(durable.broker.to("p").version(ProtocolVersion.V5))) {
      durable.sessions().fill(true);
      assertThat(sender.send("news", new byte[1], 1, false).join())
          .isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
      durable.sessions().fill(false);
      assertThat(sender.send("news", new byte[1], 1, false).join()).isEqualTo(ReasonCode.SUCCESS);
    }
  }

  @Test
  void theSenderIsAnsweredWhenEveryReceiverIsWithoutTheDisk() {
    try (var raw = RawClient.connect(port());
        var sender = MqttClient.connect(durable.broker.to("p"))) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      durable.sessions().die(); // from now on no commit ends
      var answer = sender.send("news", "1".getBytes(UTF_8), 1, false);
      raw.expect("32 r9 s4 'news' m1 '1'");
      assertThat(answer).isNotDone();
      raw.send("40 r2 m1");
      assertThat(answer.join().isError()).isFalse();
    }
  }

  @Test
  void queuesAreBoundedOnDiskToo() {
    settings.put("maxQueued", "200");
    restart();
    subscriber("away", "news").close();
    publish("news", 1, 0, 300);
    assertThat(durable.broker.count("mqtt.dropped_queue_full")).isEqualTo(100);
    restart();
    publish("news", 1, 300, 10);
    assertThat(durable.broker.count("mqtt.dropped_queue_full")).isEqualTo(10);
    try (var _ = connect("away", this::take)) {
      await().until(() -> got.size() == 200);
      assertThat(got).isEqualTo(numbers(0, 200));
    }
  }

  private void restart() {
    durable.kill();
    durable = new DurableBroker(directory, settings);
  }

  private int unacknowledged(String id) {
    var session = durable.broker.server.view().session(id).orElseThrow();
    return session.queued() + session.inflight();
  }

  private int port() {
    return durable.broker.port();
  }

  private void take(Publish publish) {
    got.add(publish.payloadText());
  }

  private MqttClient connect(String id, Consumer<Publish> taker) {
    return MqttClient.connect(durable.broker.to(id).session(false, 0), taker);
  }

  private MqttClient subscriber(String id, String filter) {
    var client = connect(id, _ -> {});
    client.subscribe(filter, 2);
    return client;
  }

  private void publish(String topic, int qos, int from, int count) {
    try (var publisher = MqttClient.connect(durable.broker.to("publisher"))) {
      IntStream.range(from, from + count)
          .mapToObj(i -> publisher.send(topic, Integer.toString(i).getBytes(UTF_8), qos, false))
          .toList()
          .forEach(answer -> assertThat(answer.join().isError()).isFalse());
    }
  }

  private void publishForTwoSeconds(String topic, String text) {
    var options = durable.broker.to("publisher").version(ProtocolVersion.V5);
    var properties = Properties.NONE.with(Property.MESSAGE_EXPIRY_INTERVAL, 2L);
    try (var publisher = MqttClient.connect(options)) {
      publisher.publish(
          new Publish(TopicName.of(topic), text.getBytes(UTF_8), 2, false, false, 0, properties));
    }
  }

  private static List<String> numbers(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
  }
}
