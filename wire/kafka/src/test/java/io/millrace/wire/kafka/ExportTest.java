package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Ack;
import io.millrace.engine.alarms.AlarmRequest;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.wire.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir Path directory;
  private UUID id = UUID.randomUUID();
  private String topic = "e-" + id;

  /// An export in a process of its own, fed until it is killed.
  public static void main(String[] args) throws Exception {
    var exporting = new ExportTest();
    exporting.directory = Path.of(args[0]);
    exporting.id = UUID.fromString(args[2]);
    exporting.topic = "e-" + exporting.id;
    var house = exporting.house(args[1]);
    var export = exporting.export(house);
    long number = 0;
    while (System.in.available() >= 0) { // fails when the test's JVM is gone
      telemetry(house, "{\"v\":" + number++ + "}");
      if (number % 100 == 0) {
        System.out.println(export.status().get("records"));
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @Test
  void telemetryAlarmsAndEventsGoToTheirTopicsKeyedByDevice() {
    try (var house = house(BrokerProcess.shared().servers())) {
      var export = export(house);
      telemetry(house, "{\"v\":1,\"w\":\"x\"}");
      event(house, "CONNECT_EVENT");
      var record = records(house, topic, 1).getFirst();
      assertThat(text(record.key())).isEqualTo("truck");
      var json = (JsonObject) Json.parse(record.value());
      assertThat(json.text("deviceName", "")).isEqualTo("truck");
      assertThat(json.text("deviceType", "")).isEqualTo("default");
      assertThat(json.get("values")).hasToString("{\"v\":1,\"w\":\"x\"}");
      var told = (JsonObject) Json.parse(records(house, topic + "-events", 1).getFirst().value());
      assertThat(told.text("event", "")).isEqualTo("CONNECT_EVENT");
      await()
          .atMost(FlowHouse.SOON)
          .until(() -> export.status().get("waiting").toString().equals("0"));
      assertThat(export.status().get("records")).hasToString("2");
    }
  }

  @Test
  void anAlarmsWholeLifeGoesToItsTopic() {
    try (var house = house(BrokerProcess.shared().servers())) {
      export(house);
      var truck = house.device("truck").id();
      var request =
          AlarmRequest.of(house.tenant, truck, "Too fast", AlarmSeverity.MAJOR)
              .withDetails(Json.parse("{\"speed\":91}"));
      UUID alarm;
      try (var commit = house.store.begin()) {
        alarm = house.alarms.createOrUpdate(commit, request, 1_000, id).alarm().id();
        commit.write();
      }
      try (var commit = house.store.begin()) {
        house.alarms.acknowledge(commit, alarm, 2_000);
        commit.write();
      }
      try (var commit = house.store.begin()) {
        house.alarms.clearById(commit, alarm, 3_000);
        commit.write();
      }
      var told = records(house, topic + "-alarms", 3);
      assertThat(told).allSatisfy(record -> assertThat(text(record.key())).isEqualTo("truck"));
      var changes = told.stream().map(record -> (JsonObject) Json.parse(record.value())).toList();
      assertThat(changes)
          .extracting(change -> ((JsonObject) change.get("alarm")).text("status", ""))
          .containsExactly("ACTIVE_UNACK", "ACTIVE_ACK", "CLEARED_ACK");
      var first = (JsonObject) changes.getFirst().get("alarm");
      assertThat(first.text("type", "")).isEqualTo("Too fast");
      assertThat(first.get("details")).hasToString("{\"speed\":91}");
      assertThat(changes.getFirst().text("deviceName", "")).isEqualTo("truck");
    }
  }

  @Test
  void whatWasSavedWhileKafkaWasAwayArrivesOnceAlsoOverARestart(@TempDir Path brokerDirectory) {
    try (var broker = new BrokerProcess(brokerDirectory)) {
      try (var house = house(broker.servers())) {
        export(house);
        telemetry(house, "{\"v\":0}");
        records(house, topic, 1);
        broker.kill();
        IntStream.range(1, 50).forEach(i -> telemetry(house, "{\"v\":" + i + "}"));
        house.awaitLatest("truck", "v", "49");
      }
      broker.start();
      try (var house = house(broker.servers())) {
        export(house);
        IntStream.range(50, 100).forEach(i -> telemetry(house, "{\"v\":" + i + "}"));
        var values =
            records(house, topic, 100).stream()
                .map(record -> ((JsonObject) Json.parse(record.value())).get("values").toString())
                .toList();
        assertThat(values)
            .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "{\"v\":" + i + "}").toList());
      }
    }
  }

  @Test
  void aKilledProcessHasExportedEachRecordOnceWhenItIsBack() throws Exception {
    var servers = BrokerProcess.shared().servers();
    var child = start(servers);
    try (var out = child.inputReader()) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (Long.parseLong(line) >= 2_000) {
          break;
        }
      }
    } finally {
      child.toHandle().destroyForcibly(); // in the midst of exporting
      child.waitFor();
    }
    try (var house = house(servers)) {
      export(house);
      telemetry(house, "{\"v\":-1}");
      house.awaitLatest("truck", "v", "-1");
      var stored =
          house.history("truck", "v").stream().map(value -> "{\"v\":" + value + "}").toList();
      assertThat(stored).hasSizeGreaterThan(2_000);
      var exported =
          records(house, topic, stored.size()).stream()
              .map(record -> ((JsonObject) Json.parse(record.value())).get("values").toString())
              .toList();
      assertThat(exported).isEqualTo(stored);
    }
  }

  private Process start(String servers) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ExportTest.class.getName(),
            directory.toString(),
            servers,
            id.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void whatARefusedCommitHeldIsNotExportedAndDoesNotHoldUpTheRest() {
    try (var house = house(BrokerProcess.shared().servers())) {
      export(house);
      try (var commit = house.store.begin()) {
        var lost = new Point("v", 1, Json.parse("666"));
        house.timeseries.save(commit, house.device("truck").id(), List.of(lost));
      } // not written
      telemetry(house, "{\"v\":1}");
      assertThat(text(records(house, topic, 1).getFirst().value()))
          .contains("\"values\":{\"v\":1}");
    }
  }

  @Test
  void placesInKafkaCountMoreThanOurs() {
    try (var house = house(BrokerProcess.shared().servers())) {
      var queue = new ExportQueue(house.store, id);
      try (var commit = house.store.begin()) {
        for (int i = 0; i < 5; i++) {
          queue.add(commit, ExportKind.EVENT, "d", id, JsonObject.EMPTY);
        }
        assertThat(queue.read(10).records()).isEmpty(); // not durable yet
        commit.write();
      }
      var again = new ExportQueue(house.store, id);
      again.isAt(3); // a crash after Kafka's commit, before ours
      assertThat(again.read(10).records())
          .extracting(ExportQueue.Waiting::number)
          .containsExactly(3L, 4L);
      again.remove(5);
      assertThat(new ExportQueue(house.store, id).place()).isEqualTo(5);
    }
  }

  private FlowHouse house(String servers) {
    var house = new FlowHouse(directory, servers);
    if (house.entities.devices().findByName(house.tenant, "truck").isEmpty()) {
      var profile = house.entities.deviceProfiles().findDefault(house.tenant).orElseThrow();
      var device = Device.named(house.entities.newId(EntityType.DEVICE), "truck", profile);
      var credentials = house.entities.newId(EntityType.DEVICE_CREDENTIALS);
      house.entities.devices().create(device, DeviceCredentials.token(credentials, device, "T"));
    }
    return house;
  }

  private Export export(FlowHouse house) {
    var feed = new ExportFeed(house.entities);
    house.timeseries.onChange(feed);
    house.alarms.onChange(feed);
    house.pipeline.witness(feed);
    house.pipeline.start();
    var config = Settings.defaults(FlowConfig.class);
    var parts =
        new Export.Parts(
            config.export(),
            house.kafka,
            feed,
            new SchemaRegistry(config.registry()),
            house.counters);
    var settings =
        io.millrace.engine.rules.SettingsBinder.bind(
            ExportSettings.class,
            (JsonObject)
                Json.parse(
                    "{\"name\":\"e\",\"telemetryTopic\":\"%s\",\"alarmTopic\":\"%s-alarms\",\"eventTopic\":\"%s-events\"}"
                        .formatted(topic, topic, topic)));
    var export =
        house.opened(
            new Export(parts, id, house.tenant, settings, new ExportQueue(house.store, id)));
    export.start();
    return export;
  }

  private static void telemetry(FlowHouse house, String body) {
    var row = TelemetryRow.unstamped((JsonObject) Json.parse(body));
    house
        .pipeline
        .ingest()
        .telemetry(
            house.tenant, house.device("truck").id(), JsonObject.EMPTY, List.of(row), Ack.NONE);
  }

  private static void event(FlowHouse house, String type) {
    var message =
        new RuleMessage(
            UUID.randomUUID(),
            1,
            type,
            house.device("truck").id(),
            JsonObject.EMPTY,
            JsonObject.EMPTY);
    house.pipeline.ingest().message(house.tenant, message, Ack.NONE);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      FlowHouse house, String from, int count) {
    try {
      house.kafka.awaitUp(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    var settings =
        Map.<String, Object>of(
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed",
            "metadata.max.age.ms",
            500);
    try (var consumer = house.kafka.consumer(UUID.randomUUID().toString(), settings)) {
      consumer.subscribe(List.of(from));
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

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
