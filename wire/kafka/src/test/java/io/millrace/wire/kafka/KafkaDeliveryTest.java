package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Kafka rule node, through the outbox, to a real broker.
class KafkaDeliveryTest {
  private static final String CHAIN =
      """
      {"firstNodeIndex":0,"nodes":[
        {"type":"org.thingsboard.rule.engine.kafka.TbKafkaNode","name":"kafka","configuration":{
          "topicPattern":"%s","keyPattern":"${deviceName}","bootstrapServers":"%s",
          "addMetadataKeyValuesAsKafkaHeaders":true}},
        {"type":"org.thingsboard.rule.engine.transform.TbCopyKeysNode","name":"copy",
         "configurationVersion":2,
         "configuration":{"copyFrom":"METADATA","keys":["offset","topic","partition","error"]}},
        {"type":"org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode","name":"save",
         "configuration":{}}],
       "connections":[{"fromIndex":0,"toIndex":1,"type":"Success"},
         {"fromIndex":0,"toIndex":1,"type":"Failure"},
         {"fromIndex":1,"toIndex":2,"type":"Success"}]}
      """;
  @TempDir Path directory;
  private final String topic = "n-" + UUID.randomUUID();

  @Test
  void theMessageGoesOnWithWhereItWasPut() {
    try (var house = house(BrokerProcess.shared().servers())) {
      house.rootChain(CHAIN.formatted(topic, ""));
      telemetry(house, "{\"v\":7}");
      house.awaitLatest("truck", "offset", "0");
      assertThat(house.latest("truck", "topic")).isEqualTo("\"" + topic + "\"");
      var record = records(house, 1).getFirst();
      assertThat(text(record.key())).isEqualTo("truck");
      assertThat(text(record.value())).isEqualTo("{\"v\":7}");
      assertThat(text(record.headers().lastHeader("tb_msg_md_deviceName").value()))
          .isEqualTo("truck");
      assertThat(record.headers().lastHeader("millrace.id")).isNotNull();
    }
  }

  @Test
  void anAddressOfItsOwnGetsAProducerOfItsOwn() {
    try (var house = house(BrokerProcess.shared().servers());
        var producers = new NodeProducers(1)) {
      var servers = BrokerProcess.shared().servers().replace("127.0.0.1", "127.0.0.2");
      house.rootChain(CHAIN.formatted(topic, BrokerProcess.shared().servers() + "," + servers));
      telemetry(house, "{\"v\":7}");
      house.awaitLatest("truck", "offset", "0");
      var one = JsonObject.builder().put("bootstrap.servers", BrokerProcess.shared().servers());
      var two = JsonObject.builder().put("bootstrap.servers", BrokerProcess.shared().servers());
      two.put("linger.ms", "1");
      assertLimit(producers, one.build(), two.build());
    }
  }

  private static void assertLimit(NodeProducers producers, JsonObject one, JsonObject two) {
    try (var first = producers.lend(one)) {
      assertThat(producers.lend(one).producer).isSameAs(first.producer);
      assertThat(lendFails(producers, two)).contains("kafka.node.producers");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String lendFails(NodeProducers producers, JsonObject settings) {
    try (var unexpected = producers.lend(settings)) {
      return "lent " + unexpected;
    } catch (java.io.IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aTopicThatKafkaRefusesIsAFailureAtOnce() {
    try (var house = house(BrokerProcess.shared().servers())) {
      house.rootChain(CHAIN.formatted("no such name!", ""));
      telemetry(house, "{\"v\":7}");
      await().atMost(FlowHouse.SOON).until(() -> !house.latest("truck", "error").isEmpty());
      assertThat(house.latest("truck", "error"))
          .contains("Kafka refuses")
          .contains("no such name!");
    }
  }

  @Test
  void whatIsSentWhileKafkaIsAwayArrivesOnceAndInOrder(@TempDir Path brokerDirectory) {
    try (var broker = new BrokerProcess(brokerDirectory);
        var house = house(broker.servers())) {
      house.rootChain(CHAIN.formatted(topic, ""));
      telemetry(house, "{\"v\":0}");
      house.awaitLatest("truck", "offset", "0");
      broker.kill();
      await().atMost(FlowHouse.SOON).until(() -> !house.kafka.health().isUp());
      IntStream.range(1, 100).forEach(i -> telemetry(house, "{\"v\":" + i + "}"));
      broker.start();
      var values = records(house, 100).stream().map(record -> text(record.value())).toList();
      assertThat(values)
          .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "{\"v\":" + i + "}").toList());
    }
  }

  private FlowHouse house(String servers) {
    var house = new FlowHouse(directory, servers);
    var delivery =
        house.opened(new KafkaDelivery(Settings.defaults(FlowConfig.class), house.kafka));
    house.pipeline.deliveries(KafkaDelivery.KIND, delivery);
    house.pipeline.start();
    var id = house.entities.newId(EntityType.DEVICE);
    var profile = house.entities.deviceProfiles().findDefault(house.tenant).orElseThrow();
    var device = Device.named(id, "truck", profile);
    house
        .entities
        .devices()
        .create(
            device,
            DeviceCredentials.token(
                house.entities.newId(EntityType.DEVICE_CREDENTIALS), device, "T"));
    return house;
  }

  private static void telemetry(FlowHouse house, String body) {
    var metadata = JsonObject.builder().put("deviceName", "truck").build();
    var row = TelemetryRow.unstamped((JsonObject) Json.parse(body));
    house
        .pipeline
        .ingest()
        .telemetry(house.tenant, house.device("truck").id(), metadata, List.of(row), Ack.NONE);
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
    var offsets = new HashSet<Long>();
    found.removeIf(record -> !offsets.add(record.offset()));
    return found;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
