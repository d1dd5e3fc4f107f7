package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeTest {
  @TempDir Path directory;
  private final String topic = "b-" + UUID.randomUUID();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  /// Takes what is under `taken/`, at once.
  private final Tap device =
      new Tap() {
        @Override
        public boolean takesPublish(Client client, Publish publish, Ack ack) {
          if (!publish.topicText().startsWith("taken/")) {
            return false;
          }
          taken.add(publish.topicText());
          ack.done();
          return true;
        }
      };

  @Test
  void filtersSayWhatTheirWildcardsStoodFor() {
    assertThat(BridgeFilter.of("a/+/c/#").match("a/b/c/d/e"))
        .isEqualTo(Optional.of(List.of("b", "d/e")));
    assertThat(BridgeFilter.of("a/#").match("a")).isEqualTo(Optional.of(List.of("")));
    assertThat(BridgeFilter.of("a/+").match("a/b/c")).isEmpty();
    assertThat(BridgeFilter.of("#").match("$SYS/x")).isEmpty();
    assertThat(BridgeFilter.of("a/b").match("a/b")).isEqualTo(Optional.of(List.of()));
    assertThatThrownBy(() -> BridgeFilter.of("a/#/b")).hasMessageContaining("topic filter");
    assertThatThrownBy(() -> BridgeFilter.of("a+")).hasMessageContaining("topic filter");
  }

  @Test
  void mqttGoesToKafkaAndToSubscribersAndToTheDeviceApi() {
    try (var bed = new MqttBed(BrokerProcess.shared().servers());
        var sub = bed.client("sub");
        var pub = bed.client("pub")) {
      bed.start(
          "{'name':'out','topicFilter':'+/room/#','kafkaTopic':'%s','key':'${clientId}:${2}'}");
      var heard = new CopyOnWriteArrayList<String>();
      sub.onMessage(message -> heard.add(message.topicText()));
      sub.subscribe("home/#", 1);
      for (int i = 0; i < 100; i++) {
        pub.publish("home/room/temp", bytes("v" + i), 1, false);
      }
      pub.publish("taken/room/x", bytes("t"), 1, false);
      pub.publish("home/garden", bytes("not bridged"), 1, false);
      var records = records(bed.house, 101);
      assertThat(records.subList(0, 100))
          .extracting(BridgeTest::value)
          .isEqualTo(java.util.stream.IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
      assertThat(new String(records.getFirst().key(), StandardCharsets.UTF_8))
          .isEqualTo("pub:temp");
      assertThat(taken).containsExactly("taken/room/x");
      await().until(() -> heard.size() == 101);
    }
  }

  @Test
  void aSenderIsAcknowledgedWhenKafkaHasTheMessageAndWaitsWhileItIsAway(
      @TempDir Path brokerDirectory) {
    try (var broker = new BrokerProcess(brokerDirectory);
        var bed = new MqttBed(broker.servers());
        var pub = bed.client("pub")) {
      bed.start("{'name':'out','topicFilter':'x/#','kafkaTopic':'%s'}");
      pub.publish("x/1", bytes("0"), 1, false);
      broker.kill();
      var acks = new ArrayList<CompletableFuture<ReasonCode>>();
      for (int i = 1; i <= 20; i++) {
        acks.add(pub.send("x/1", bytes(Integer.toString(i)), 1, false));
      }
      pub.publish("elsewhere", bytes("the rest goes on"), 0, false);
      assertThat(acks).noneMatch(CompletableFuture::isDone);
      broker.start();
      acks.forEach(
          ack ->
              assertThat(ack.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join())
                  .isEqualTo(ReasonCode.SUCCESS));
      assertThat(records(bed.house, 21))
          .extracting(BridgeTest::value)
          .isEqualTo(
              java.util.stream.IntStream.rangeClosed(0, 20).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void kafkaGoesToMqttButNotWhatCameFromThere() {
    try (var bed = new MqttBed(BrokerProcess.shared().servers());
        var sub = bed.client("sub")) {
      bed.house.send(topic, "k", "before"); // makes the topic
      bed.house.kafka.producer().flush();
      bed.start(
          "{'name':'in','direction':'KAFKA_TO_MQTT','topicPattern':'(b)-.*','mqttTopic':'from/${1}/${key}'}");
      bed.start("{'name':'out','topicFilter':'from/#','kafkaTopic':'%s'}");
      bed.start("{'name':'out2','topicFilter':'own/#','kafkaTopic':'%s'}");
      var heard = new CopyOnWriteArrayList<String>();
      sub.onMessage(
          message ->
              heard.add(
                  message.topicText()
                      + " "
                      + new String(message.payload(), StandardCharsets.UTF_8)));
      sub.subscribe("from/#", 1);
      sub.publish("own/x", bytes("circle?"), 1, false);
      bed.house.send(topic, "truck", "hello");
      await().atMost(FlowHouse.SOON).until(() -> heard.contains("from/b/truck hello"));
      assertThat(heard).noneMatch(message -> message.contains("circle"));
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> settings("{'topicFilter':'a/#/b','kafkaTopic':'x'}"))
        .hasMessageContaining("topic filter");
    assertThatThrownBy(() -> settings("{'topicFilter':'a'}"))
        .hasMessageContaining("kafkaTopic is empty");
    assertThatThrownBy(() -> settings("{'direction':'KAFKA_TO_MQTT','topicPattern':'('}"))
        .hasMessageContaining("mqttTopic is empty");
    assertThatThrownBy(
            () -> settings("{'direction':'KAFKA_TO_MQTT','topicPattern':'(','mqttTopic':'x'}"))
        .hasMessageContaining("not a regular expression");
  }

  private static BridgeSettings settings(String json) {
    return io.millrace.engine.rules.SettingsBinder.bind(
        BridgeSettings.class, (JsonObject) Json.parse(json.replace('\'', '"')));
  }

  /// An MQTT server whose tap bridges stand in front of.
  private final class MqttBed implements AutoCloseable {
    final FlowHouse house;
    private final Bridges bridges;
    private final MqttServer mqtt;

    MqttBed(String servers) {
      house = new FlowHouse(directory, servers);
      var config = Settings.defaults(FlowConfig.class);
      bridges = new Bridges(config.bridge(), house.kafka, house.counters);
      var mqttConfig =
          Settings.of()
              .addFlags(
                  List.of("--mqtt.port=0", "--mqtt.websocket.port=-1", "--mqtt.allowAnonymous=all"))
              .bind("mqtt", MqttConfig.class);
      mqtt =
          house.opened(
              MqttServer.open(
                  mqttConfig,
                  ListenerConfig.of(mqttConfig, "127.0.0.1"),
                  Authenticator.NONE,
                  Authorizer.ALL,
                  bridges.tap(device),
                  Clock.SYSTEM,
                  house.scheduler,
                  new Ids(Clock.SYSTEM, RandomGenerator.getDefault()),
                  house.counters,
                  BrokerStores.NONE));
      bridges.publisher(mqtt::publish);
      try {
        house.kafka.awaitUp(FlowHouse.SOON);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void start(String json) {
      var settings = (JsonObject) Json.parse(json.replace('\'', '"').replace("%s", topic));
      house.opened(bridges.start(new FlowRows.Row(house.tenant, UUID.randomUUID(), settings)));
    }

    MqttClient client(String id) {
      return MqttClient.connect(
          MqttClientOptions.to("127.0.0.1", mqtt.ports().getFirst()).clientId(id));
    }

    @Override
    public void close() {
      house.close();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(FlowHouse house, int count) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    var settings = Map.<String, Object>of("auto.offset.reset", "earliest");
    try (var consumer = house.kafka.consumer(UUID.randomUUID().toString(), settings)) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.size() >= count;
              });
    }
    return found;
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
