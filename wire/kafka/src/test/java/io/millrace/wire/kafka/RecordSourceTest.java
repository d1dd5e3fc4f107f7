package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSourceTest {
  @TempDir Path directory;
  private final String topic = "t-" + UUID.randomUUID();
  private FlowHouse house;

  @BeforeEach
  void open() {
    house = new FlowHouse(directory, BrokerProcess.shared().servers());
    house.pipeline.start();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private RecordSource source(String more) {
    return house.source(
        UUID.randomUUID(), "{\"name\":\"s\",\"topicPattern\":\"%s\"%s}".formatted(topic, more));
  }

  @Test
  void aRecordIsTelemetryOfTheDeviceThatItsKeyNames() {
    source("");
    house.send(topic, "truck-7", "{\"speed\":81.5,\"load\":null,\"door\":\"open\"}");
    house.awaitLatest("truck-7", "speed", "81.5");
    assertThat(house.latest("truck-7", "door")).isEqualTo("\"open\"");
    assertThat(house.latest("truck-7", "load")).isEmpty();
    assertThat(house.device("truck-7").type()).isEqualTo("default");
  }

  @Test
  void theCoursesProducerNamesNoDevice() {
    source(",\"deviceFallback\":\"vehicle\"");
    house.send(topic, null, "{\"longitude\":14,\"latitude\":50}");
    house.awaitLatest("vehicle", "latitude", "50");
    assertThat(house.latest("vehicle", "longitude")).isEqualTo("14");
  }

  @Test
  void theDeviceCanBeInAHeaderAFieldOrTheTopic() {
    source(",\"deviceFrom\":\"HEADER\",\"deviceSelector\":\"id\",\"devicePrefix\":\"h-\"");
    source(",\"deviceFrom\":\"FIELD\",\"deviceSelector\":\"$.who[0].name\"");
    source(",\"deviceFrom\":\"TOPIC\",\"deviceSelector\":\"^t-(.{8})\"");
    var record =
        new ProducerRecord<byte[], byte[]>(
            topic, null, FlowHouse.bytes("{\"who\":[{\"name\":\"f\"}],\"v\":1}"));
    record.headers().add(new RecordHeader("id", FlowHouse.bytes("1")));
    house.send(record);
    house.awaitLatest("h-1", "v", "1");
    house.awaitLatest("f", "v", "1");
    house.awaitLatest(topic.substring(2, 10), "v", "1");
  }

  @Test
  void valuesAndTheirTimeCanBeDeepInside() {
    source(",\"valuesPath\":\"data\",\"timeFrom\":\"FIELD\",\"timePath\":\"meta.at\"");
    house.send(topic, "d", "{\"meta\":{\"at\":1234567890123},\"data\":{\"v\":5}}");
    house.awaitLatest("d", "v", "5");
    var found = house.timeseries.latest(house.device("d").id(), List.of("v"));
    assertThat(found.getFirst().ts()).isEqualTo(1234567890123L);
  }

  @Test
  void thingsBoardsRowsWithTimesAreTaken() {
    source("");
    house.send(
        topic, "d", "[{\"ts\":1000,\"values\":{\"v\":1}},{\"ts\":2000,\"values\":{\"v\":2}}]");
    house.awaitLatest("d", "v", "2");
    assertThat(house.history("d", "v")).hasToString("[1, 2]");
  }

  @Test
  void plainValuesGoUnderAKeyOfTheirOwn() {
    source(",\"format\":\"PLAIN\",\"valueKey\":\"temperature\"");
    house.send(topic, "d", "21.5");
    house.awaitLatest("d", "temperature", "21.5");
    house.send(topic, "d", "broken sensor");
    house.awaitLatest("d", "temperature", "\"broken sensor\"");
  }

  @Test
  void recordsCanBeAttributes() {
    source(",\"content\":\"ATTRIBUTES\"");
    house.send(topic, "d", "{\"colour\":\"red\"}");
    var device = house.awaitDevice("d");
    await()
        .atMost(FlowHouse.SOON)
        .untilAsserted(
            () ->
                assertThat(
                        house.attributes.read(
                            device.id(), io.millrace.base.model.AttributeScope.CLIENT_SCOPE))
                    .hasSize(1));
  }

  @Test
  void aPoisonedRecordGoesToTheDeadLettersAndTheNextIsTaken() {
    source("");
    house.send(topic, "d", "{\"v\":1}");
    var poison = new ProducerRecord<>(topic, FlowHouse.bytes("d"), FlowHouse.bytes("{oops"));
    poison.headers().add(new RecordHeader("own", FlowHouse.bytes("kept")));
    house.send(poison);
    house.send(topic, null, "{\"v\":2}");
    house.send(new ProducerRecord<>(topic, FlowHouse.bytes("d"), null));
    house.send(topic, "d", "[]");
    house.send(topic, "d", "{\"v\":3}");
    house.awaitLatest("d", "v", "3");

    var letters = records(topic + ".dead-letter", 4);
    assertThat(letters)
        .extracting(letter -> header(letter, "millrace.reason"))
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("Not JSON: "),
            reason -> assertThat(reason).contains("deviceFallback"),
            reason -> assertThat(reason).contains("no value"),
            reason -> assertThat(reason).contains("nothing to store"));
    var first = letters.getFirst();
    assertThat(new String(first.value(), StandardCharsets.UTF_8)).isEqualTo("{oops");
    assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo("d");
    assertThat(header(first, "own")).isEqualTo("kept");
    assertThat(header(first, "millrace.topic")).isEqualTo(topic);
    assertThat(header(first, "millrace.offset")).isEqualTo("1");
  }

  /// Stored as it is, or in the dead letters with the reason; what comes after it is taken.
  @Test
  void aMegabyteIsStoredOrADeadLetterAndTheNextIsTaken() {
    source("");
    var large = "x".repeat(1 << 20);
    house.send(topic, "d", "{\"text\":\"" + large + "\"}");
    house.send(topic, "d", "{" + large);
    house.send(topic, "d", "{\"v\":1}");
    house.awaitLatest("d", "v", "1");
    assertThat(house.latest("d", "text")).hasSize(large.length() + 2);
    var letter = records(topic + ".dead-letter", 1).getFirst();
    assertThat(header(letter, "millrace.reason")).startsWith("Not JSON: ");
    assertThat(header(letter, "millrace.offset")).isEqualTo("1");
    assertThat(letter.value()).hasSize(1 + large.length());
  }

  @Test
  void noDeviceIsMadeWhereNoneIsToBeMade() {
    source(",\"autoCreate\":false");
    source(",\"newDevicesMax\":1");
    house.send(topic, "one", "{\"v\":1}");
    house.awaitLatest("one", "v", "1");
    house.send(topic, "two", "{\"v\":1}");
    var letters = records(topic + ".dead-letter", 2);
    assertThat(letters)
        .extracting(letter -> header(letter, "millrace.reason"))
        .anySatisfy(reason -> assertThat(reason).contains("autoCreate"))
        .anySatisfy(reason -> assertThat(reason).contains("newDevicesMax"));
    assertThat(house.entities.devices().findByName(house.tenant, "two")).isEmpty();
  }

  @Test
  void aRestartGoesOnWhereTheLastRunStopped() {
    var id = UUID.randomUUID();
    var mapping =
        "{\"name\":\"s\",\"topicPattern\":\"%s\",\"timeFrom\":\"SERVER\"}".formatted(topic);
    var expected = new ArrayList<Long>();
    for (long i = 0; i < 300; i++) {
      house.send(topic, "d", "{\"v\":" + i + "}");
      expected.add(i);
      if (i % 100 == 99) {
        house.source(id, mapping);
        house.awaitLatest("d", "v", Long.toString(i));
        house.close();
        open();
      }
    }
    assertThat(house.history("d", "v")).hasToString(expected.toString());
  }

  @Test
  void aTopicMadeAnewIsBegunAtItsStart() throws Exception {
    var source = source("");
    house.send(topic, "d", "{\"v\":1}");
    house.send(topic, "d", "{\"v\":2}");
    house.awaitLatest("d", "v", "2");
    var admin = house.kafka.admin();
    admin.deleteTopics(List.of(topic)).all().get();
    await().atMost(FlowHouse.SOON).until(() -> !admin.listTopics().names().get().contains(topic));
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    house.send(topic, "d", "{\"v\":3}");
    house.awaitLatest("d", "v", "3");
    assertThat(source.now().error()).isEmpty();
  }

  @Test
  void aLateSourceCanLeaveOutWhatWasThere() {
    house.send(topic, "d", "{\"v\":1}");
    house.kafka.producer().flush();
    var source = source(",\"startFrom\":\"LATEST\"");
    await().atMost(FlowHouse.SOON).until(() -> source.now().partitions() == 1);
    house.send(topic, "d", "{\"v\":2}");
    house.awaitLatest("d", "v", "2");
    assertThat(house.history("d", "v")).hasToString("[2]");
  }

  @Test
  void aPatternTakesTopicsThatAppearLaterButNoDeadLetters() {
    source(",\"topicPattern\":\"" + topic + "[.].+\"");
    house.send(topic + ".one", "a", "{\"v\":1}");
    house.awaitLatest("a", "v", "1");
    house.send(topic + ".dead-letter", "b", "{\"v\":1}");
    house.send(topic + ".two", "c", "{\"v\":1}");
    house.awaitLatest("c", "v", "1");
    assertThat(house.entities.devices().findByName(house.tenant, "b")).isEmpty();
  }

  @Test
  void manyPartitionsAndDevicesKeepEachDevicesOrder() throws Exception {
    house.kafka.awaitUp(FlowHouse.SOON);
    house.kafka.admin().createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
    source(",\"timeFrom\":\"SERVER\"");
    int devices = 50;
    int each = 200;
    for (long i = 0; i < each; i++) {
      for (int d = 0; d < devices; d++) {
        house.send(topic, "d" + d, "{\"v\":" + i + "}");
      }
    }
    var expected = LongStream.range(0, each).boxed().toList().toString();
    for (int d = 0; d < devices; d++) {
      house.awaitLatest("d" + d, "v", Integer.toString(each - 1));
      assertThat(house.history("d" + d, "v")).hasToString(expected);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String from, int count) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    var seen = new HashSet<Long>();
    try (var consumer =
        house.kafka.consumer(
            UUID.randomUUID().toString(), Map.of("auto.offset.reset", "earliest"))) {
      consumer.subscribe(List.of(from));
      await()
          .atMost(FlowHouse.SOON)
          .until(
              () -> {
                consumer
                    .poll(java.time.Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          if (seen.add(record.offset())) {
                            found.add(record);
                          }
                        });
                return found.size() >= count;
              });
    }
    return found;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
