package io.millrace.wire.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.pipeline.Config;
import io.millrace.engine.rpc.RpcReply;
import io.millrace.engine.rpc.RpcStatus;
import io.millrace.store.entities.Device;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device API on a real socket.
class DeviceMqttIT {
  @TempDir Path directory;
  private final ArrayList<AutoCloseable> parts = new ArrayList<>();
  private DeviceHouse house;
  private int port;

  private void open(Config pipeline) {
    house = part(new DeviceHouse(directory, pipeline));
    var devices =
        part(
            new DeviceMqtt(
                house.config,
                house.entities,
                house.attributes,
                house.pipeline.ingest(),
                new GatewayDevices(house.entities, () -> house.ids.next().toString()),
                house.rpcs,
                house.questions,
                house.clock,
                house.counters));
    var server =
        part(
            MqttServer.open(
                config(),
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
  void aPubackMeansStored() {
    open(Settings.defaults(Config.class));
    var device = house.device("D", "TOKEN", false);
    try (var client = connect("TOKEN", ProtocolVersion.V3_1_1)) {
      publish(client, "{\"temperature\":21,\"humidity\":60}");
      assertThat(house.latest(device.id())).containsExactly("humidity=60", "temperature=21");
    }
  }

  @Test
  void aWrongTokenIsRefusedAtConnect() {
    open(Settings.defaults(Config.class));
    assertThatThrownBy(() -> connect("WRONG", ProtocolVersion.V5))
        .isInstanceOf(MqttClientException.class)
        .hasMessageContaining("No device has this user name as its access token");
    assertThatThrownBy(() -> connect("WRONG", ProtocolVersion.V3_1_1))
        .isInstanceOf(MqttClientException.class);
  }

  @Test
  void badTelemetryIsRefusedByReasonInVersion5AndTheClientStays() {
    open(Settings.defaults(Config.class));
    var device = house.device("D", "TOKEN", false);
    try (var client = connect("TOKEN", ProtocolVersion.V5)) {
      assertThatThrownBy(() -> publish(client, "{\"t\":NaN}"))
          .isInstanceOf(MqttClientException.class);
      publish(client, "{\"t\":1}");
      assertThat(house.latest(device.id())).containsExactly("t=1");
    }
  }

  @Test
  void badTelemetryClosesAnOlderClientAndNobodyElse() {
    open(Settings.defaults(Config.class));
    var good = house.device("G", "GOOD", false);
    house.device("B", "BAD", false);
    try (var other = connect("GOOD", ProtocolVersion.V3_1_1);
        var client = connect("BAD", ProtocolVersion.V3_1_1)) {
      assertThatThrownBy(() -> publish(client, "hello")).isInstanceOf(MqttClientException.class);
      assertThat(client.isConnected()).isFalse();
      publish(other, "{\"t\":1}");
      assertThat(house.latest(good.id())).containsExactly("t=1");
    }
  }

  @Test
  void aCommandReachesTheDeviceAndItsAnswerComesBack() {
    open(Settings.defaults(Config.class));
    var device = house.device("D", "TOKEN", false);
    assertThat(house.command(device, false).join())
        .isEqualTo(new RpcReply.Failed(RpcReply.Reason.NO_ACTIVE_CONNECTION));
    try (var client = connect("TOKEN", ProtocolVersion.V3_1_1)) {
      answering(client, "v1/devices/me/rpc/request/", "v1/devices/me/rpc/response/");
      client.subscribe("v1/devices/me/rpc/request/+", 1);
      assertThat(house.command(device, false).join())
          .isEqualTo(new RpcReply.Answered(Json.parse("{\"got\":\"setGpio\"}")));
      assertThat(house.command(device, true).join()).isEqualTo(new RpcReply.Delivered());
    }
  }

  @Test
  void theRuleChainGoesOnWithTheAnswerOfTheDevice() {
    open(Settings.defaults(Config.class));
    var device = house.device("D", "TOKEN", false);
    try (var client = connect("TOKEN", ProtocolVersion.V5)) {
      answering(client, "v2/r/req/", "v2/r/res/");
      client.subscribe("v2/r/req/+", 0);
      house.commandByChain(device);
      await()
          .untilAsserted(() -> assertThat(house.latest(device.id())).contains("got=\"setGpio\""));
    }
  }

  @Test
  void aPersistentCommandWaitsForItsDevice() {
    open(Settings.defaults(Config.class));
    var device = house.device("D", "TOKEN", false);
    var id = house.keepCommand(device);
    try (var client = connect("TOKEN", ProtocolVersion.V5)) {
      answering(client, "v1/devices/me/rpc/request/", "v1/devices/me/rpc/response/");
      client.subscribe("v1/devices/me/rpc/request/+", 1);
      await()
          .untilAsserted(
              () ->
                  assertThat(house.rpcs.find(id).orElseThrow().status())
                      .isEqualTo(RpcStatus.SUCCESSFUL));
      assertThat(house.rpcs.find(id).orElseThrow().response())
          .isEqualTo(Json.parse("{\"got\":\"setGpio\"}"));
    }
  }

  @Test
  void aCommandReachesADeviceBehindAGateway() {
    open(Settings.defaults(Config.class));
    var device = house.device("Behind", "OTHER", false);
    house.device("Gateway", "TOKEN", true);
    try (var client = connect("TOKEN", ProtocolVersion.V5)) {
      client.onMessage(
          publish -> {
            var body = (JsonObject) Json.parse(publish.payload());
            var data = (JsonObject) body.get("data");
            var answer =
                "{\"device\":\"%s\",\"id\":%s,\"data\":{\"got\":\"%s\"}}"
                    .formatted(body.text("device", ""), data.get("id"), data.text("method", ""));
            client.send("v1/gateway/rpc", bytes(answer), 1, false);
          });
      client.subscribe("v1/gateway/rpc", 1);
      client.publish("v1/gateway/connect", bytes("{\"device\":\"Behind\"}"), 1, false);
      assertThat(house.command(device, false).join())
          .isEqualTo(new RpcReply.Answered(Json.parse("{\"got\":\"setGpio\"}")));
    }
  }

  @Test
  void aDeviceAsksAndARuleChainAnswers() {
    open(Settings.defaults(Config.class));
    house.device("D", "TOKEN", false);
    var answers = new LinkedBlockingQueue<String>();
    try (var client = connect("TOKEN", ProtocolVersion.V3_1_1)) {
      client.onMessage(
          publish -> answers.add(publish.topicText() + " " + new String(publish.payload(), UTF_8)));
      client.subscribe("v1/devices/me/rpc/response/+", 1);
      var question = "{\"method\":\"add\",\"params\":{\"a\":2,\"b\":3}}";
      client.publish("v1/devices/me/rpc/request/7", bytes(question), 1, false);
      await()
          .untilAsserted(
              () ->
                  assertThat(answers).containsExactly("v1/devices/me/rpc/response/7 {\"sum\":5}"));
    }
  }

  private static void answering(MqttClient client, String requests, String responses) {
    client.onMessage(
        publish -> {
          var number = publish.topicText().substring(requests.length());
          var method = ((JsonObject) Json.parse(publish.payload())).text("method", "");
          client.send(responses + number, bytes("{\"got\":\"" + method + "\"}"), 1, false);
        });
  }

  /// The queues hold 64 messages; 20 devices have up to 100 each under way.
  @Test
  void aFloodIsSlowedDownNotRefused() {
    var usual = Settings.defaults(Config.class);
    open(
        new Config(
            1,
            64,
            usual.queueBytes(),
            16,
            usual.batchBytes(),
            usual.retriesWaiting(),
            usual.outgoing()));
    var clients = new ArrayList<MqttClient>();
    var devices = new ArrayList<Device>();
    for (int i = 0; i < 20; i++) {
      devices.add(house.device("D" + i, "T" + i, false));
      clients.add(part(connect("T" + i, ProtocolVersion.V5)));
    }
    var sent = new ArrayList<CompletableFuture<ReasonCode>>();
    for (int n = 0; n < 100; n++) {
      for (var client : clients) {
        sent.add(client.send(DeviceTopics.TELEMETRY, bytes("{\"n\":" + n + "}"), 1, false));
      }
    }
    assertThat(sent).allSatisfy(one -> assertThat(one.join()).isEqualTo(ReasonCode.SUCCESS));
    assertThat(house.counters.snapshot()).containsEntry("pipeline.refused", 0L);
    for (var device : devices) {
      assertThat(house.latest(device.id())).containsExactly("n=99");
    }
  }

  @Test
  void sharedAttributesReachASubscribedDevice() {
    open(Settings.defaults(Config.class));
    house.device("D", "TOKEN", false);
    var got = new ConcurrentLinkedQueue<String>();
    try (var client = connect("TOKEN", ProtocolVersion.V3_1_1)) {
      client.onMessage(message -> got.add(message.topicText() + " " + message.payloadText()));
      client.subscribe("v1/devices/me/attributes/response/+", 1);
      client.publish("v1/devices/me/attributes", bytes("{\"fw\":\"1.0.0\"}"), 1, false);
      client.publish(
          "v1/devices/me/attributes/request/1", bytes("{\"clientKeys\":\"fw\"}"), 1, false);
      await()
          .until(
              () ->
                  got.contains(
                      "v1/devices/me/attributes/response/1 {\"client\":{\"fw\":\"1.0.0\"}}"));
    }
  }

  private MqttClient connect(String token, ProtocolVersion version) {
    return MqttClient.connect(
        MqttClientOptions.to("127.0.0.1", port).userName(token).version(version).window(200));
  }

  private static void publish(MqttClient client, String body) {
    client.publish(DeviceTopics.TELEMETRY, bytes(body), 1, false);
  }

  private static MqttConfig config() {
    return Settings.of()
        .addFlags(java.util.List.of("--mqtt.port=0", "--mqtt.websocket.port=-1"))
        .bind("mqtt", MqttConfig.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.add(part);
    return part;
  }
}
