package io.millrace.wire.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.Tenant;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.codec.Publish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plain topics that become telemetry, on a real socket.
class TopicMappingsIT {
  @TempDir Path directory;
  private final ArrayList<AutoCloseable> parts = new ArrayList<>();
  private DeviceHouse house;
  private TopicMappings mappings;
  private int port;

  @BeforeEach
  void open() {
    house = part(new DeviceHouse(directory));
    var config = new Config(65_536, true, List.of("sensors/temperature -> device \"Sensor\" json"));
    var made = new GatewayDevices(house.entities, () -> house.ids.next().toString());
    mappings =
        part(
            TopicMappings.open(
                config,
                house.entities,
                house.store,
                house.pipeline.ingest(),
                made,
                house.counters));
    var devices =
        part(
            new DeviceMqtt(
                config,
                house.entities,
                house.attributes,
                house.pipeline.ingest(),
                made,
                house.rpcs,
                house.questions,
                house.clock,
                house.counters));
    devices.mappings(mappings);
    var free =
        Settings.of()
            .addFlags(List.of("--mqtt.port=0", "--mqtt.websocket.port=0", "--mqtt.threads=2"));
    var server =
        part(
            MqttServer.open(
                free.bind("mqtt", MqttConfig.class),
                "127.0.0.1",
                part(new DeviceAuthenticator(house.entities)),
                Authorizer.ALL,
                devices,
                house.clock,
                house.scheduler,
                house.ids,
                house.counters));
    port = server.ports().getFirst();
  }

  @AfterEach
  void close() throws Exception {
    for (var part : parts.reversed()) {
      part.close();
    }
  }

  @Test
  void oneLineMakesTelemetryOfAnAnonymousClientsMessageAndSubscribersStillGetIt() {
    List<Publish> got = new CopyOnWriteArrayList<>();
    try (var subscriber = connect("s");
        var client = connect("c")) {
      subscriber.onMessage(got::add);
      subscriber.subscribe("sensors/#", 1);
      publish(client, "sensors/temperature", "{\"temperature\": 21}");
      assertThat(latest("Sensor")).containsExactly("temperature=21"); // stored before PUBACK
      await().until(() -> got.size() == 1);
      assertThat(got.getFirst().payloadText()).isEqualTo("{\"temperature\": 21}");
    }
  }

  @Test
  void capturesNameDevicesAndKeysAndNewDevicesAreMadeOnceInOrder() {
    add("{\"line\":\"home/{device}/{key} -> device \\\"Room {device}\\\" key {key}\"}");
    try (var client = connect("c")) {
      for (int i = 0; i < 200; i++) { // the first ones wait for the device to be made
        client.send("home/kitchen/light", String.valueOf(i).getBytes(UTF_8), i % 2, false);
      }
      publish(client, "home/hall/door", "open");
      publish(client, "home/kitchen/light", "200");
      assertThat(latest("Room kitchen")).containsExactly("light=200");
      assertThat(latest("Room hall")).containsExactly("door=\"open\"");
    }
    assertThat(house.counters.snapshot().get("device.mapped")).isEqualTo(202);
  }

  @Test
  void aPayloadThatCannotBeReadIsCountedAndTheClientStays() {
    try (var client = connect("c")) {
      publish(client, "sensors/temperature", "not json");
      publish(client, "sensors/temperature", "{\"t\":1}");
      assertThat(latest("Sensor")).containsExactly("t=1");
      assertThat(house.counters.snapshot().get("device.mapping_failed")).isEqualTo(1);
    }
  }

  @Test
  void existingMakesNoDevicesAndADeletedOneIsMadeAgain() {
    add("{\"line\":\"known/{d} -> device {d} existing\"}");
    add("{\"line\":\"made/{d} -> device {d}\"}");
    try (var client = connect("c")) {
      publish(client, "known/x", "{\"a\":1}");
      assertThat(device("x")).isEmpty();
      publish(client, "made/x", "{\"a\":2}");
      publish(client, "known/x", "{\"a\":3}");
      assertThat(latest("x")).containsExactly("a=3");
      house.entities.devices().delete(device("x").orElseThrow().id());
      publish(client, "made/x", "{\"a\":4}");
      assertThat(latest("x")).containsExactly("a=4");
    }
  }

  @Test
  void anotherTenantsDeviceIsNotMapped() {
    var other =
        house.entities.tenants().save(Tenant.named(house.entities.newId(EntityType.TENANT), "B"));
    mappings.save(other.id(), "", shape("{\"line\":\"sensors/# -> device Spy\"}"));
    house.device("Mine", "TOKEN", false);
    var options =
        MqttClientOptions.to("127.0.0.1", port).clientId("mine").userName("TOKEN").window(1);
    try (var client = MqttClient.connect(options)) {
      publish(client, "sensors/temperature", "{\"t\":5}");
    }
    assertThat(latest("Sensor")).containsExactly("t=5");
    assertThat(house.entities.devices().findByName(other.id(), "Spy")).isEmpty();
  }

  @Test
  void mappingsAreKeptChangedAndDeleted() {
    var tenant = house.tenant.id();
    var made = mappings.save(tenant, "", shape("{\"topic\":\"a/{d}\",\"device\":\"{d}\"}"));
    assertThat(mappings.list(tenant)).hasSize(2);
    var changed = mappings.save(tenant, made.id(), shape("{\"topic\":\"b\",\"device\":\"D\"}"));
    assertThat(mappings.find(tenant, made.id())).contains(changed);
    assertThat(mappings.rehearse(tenant, JsonObject.EMPTY, "a/x", new byte[0]).get("matched"))
        .isEqualTo(JsonBoolean.FALSE);
    assertThat(mappings.delete(tenant, made.id())).isTrue();
    assertThat(mappings.delete(tenant, made.id())).isFalse();
    assertThatThrownBy(() -> add("{\"topic\":\"a/#/b\",\"device\":\"D\"}"))
        .hasMessageContaining("'#' stands alone");
    assertThat(mappings.list(tenant)).hasSize(1);
  }

  @Test
  void aRehearsalSaysWhatWouldHappenAndDoesNothing() {
    var tenant = house.tenant.id();
    var tried =
        mappings.rehearse(
            tenant,
            shape("{\"line\":\"x/{d} -> device {d} time t value v\"}"),
            "x/Pump",
            "{\"t\":1763827200,\"v\":{\"a\":1}}".getBytes(UTF_8));
    assertThat(tried.text("device", "")).isEqualTo("Pump");
    assertThat(tried.get("creates")).isEqualTo(JsonBoolean.TRUE);
    assertThat(String.valueOf(tried.get("telemetry")))
        .isEqualTo("[{\"ts\":1763827200000,\"values\":{\"a\":1}}]");
    assertThat(device("Pump")).isEmpty();
    var bad =
        mappings.rehearse(tenant, JsonObject.EMPTY, "sensors/temperature", "x".getBytes(UTF_8));
    assertThat(bad.text("error", "")).isNotEmpty();
  }

  private void add(String json) {
    mappings.save(house.tenant.id(), "", shape(json));
  }

  private static JsonObject shape(String json) {
    return (JsonObject) Json.parse(json);
  }

  private MqttClient connect(String id) {
    return MqttClient.connect(MqttClientOptions.to("127.0.0.1", port).clientId(id));
  }

  private static void publish(MqttClient client, String topic, String payload) {
    client.publish(topic, payload.getBytes(UTF_8), 1, false);
  }

  private java.util.Optional<Device> device(String name) {
    return house.entities.devices().findByName(house.tenant.id(), name);
  }

  private List<String> latest(String name) {
    return house.latest(device(name).orElseThrow().id());
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.add(part);
    return part;
  }
}
