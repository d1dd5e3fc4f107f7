package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonLong;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.store.entities.Device;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.Principal;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceMqttTest {
  @TempDir Path directory;
  private DeviceHouse house;
  private DeviceMqtt mqtt;

  @BeforeEach
  void open() {
    house = new DeviceHouse(directory);
    mqtt =
        new DeviceMqtt(
            house.config,
            house.entities,
            house.attributes,
            house.pipeline.ingest(),
            new GatewayDevices(house.entities, () -> house.ids.next().toString()),
            house.rpcs,
            house.questions,
            house.clock,
            house.counters);
  }

  @AfterEach
  void close() {
    mqtt.close();
    house.close();
  }

  @Test
  void telemetryIsStoredWhenItIsAcknowledged() {
    var device = house.device("D", "TOKEN", false);
    publish(connect(device, "TOKEN"), DeviceTopics.TELEMETRY, "{\"t\":21.5,\"h\":60}").join();
    assertThat(house.latest(device.id())).containsExactly("h=60", "t=21.5");
  }

  @Test
  void otherTopicsAndOtherClientsAreLeftToTheBroker() {
    var device = connect(house.device("D", "TOKEN", false), "TOKEN");
    assertThat(mqtt.takesPublish(device, message("sensors/a", "1"), Ack.NONE)).isFalse();
    var stranger = new Wire(Principal.ANONYMOUS);
    assertThat(mqtt.takesPublish(stranger, message(DeviceTopics.TELEMETRY, "{}"), Ack.NONE))
        .isFalse();
    assertThat(mqtt.takesSubscribe(stranger, DeviceTopics.ATTRIBUTES, 1)).isFalse();
    assertThat(mqtt.takesSubscribe(device, "#", 1)).isFalse();
  }

  @Test
  void badInputIsRefusedAndHarmsNobody() {
    var device = house.device("D", "TOKEN", false);
    var client = connect(device, "TOKEN");
    assertThatThrownBy(publish(client, DeviceTopics.TELEMETRY, "{\"t\":NaN}")::join)
        .hasMessageContaining("leave the key out");
    publish(client, DeviceTopics.TELEMETRY, "{\"t\":1}").join();
    assertThat(house.latest(device.id())).containsExactly("t=1");
    assertThat(house.counters.snapshot()).containsEntry("device.refused", 1L);
  }

  @Test
  void attributesAreStoredAndAskedFor() {
    var device = house.device("D", "TOKEN", false);
    var client = connect(device, "TOKEN");
    publish(client, DeviceTopics.ATTRIBUTES, "{\"fw\":\"1.0.1\",\"n\":2}").join();
    share(device.id(), "limit", 30);
    publish(
            client,
            "v1/devices/me/attributes/request/1",
            "{\"clientKeys\":\"fw\",\"sharedKeys\":\"limit,none\"}")
        .join();
    publish(client, "v1/devices/me/attributes/request/2", "").join();
    assertThat(client.sent)
        .containsExactly(
            "v1/devices/me/attributes/response/1"
                + " {\"client\":{\"fw\":\"1.0.1\"},\"shared\":{\"limit\":30}} 0",
            "v1/devices/me/attributes/response/2"
                + " {\"client\":{\"fw\":\"1.0.1\",\"n\":2},\"shared\":{\"limit\":30}} 0");
  }

  @Test
  void sharedAttributesArePushedToThoseWhoSubscribed() {
    var device = house.device("D", "TOKEN", false);
    var client = connect(device, "TOKEN");
    share(device.id(), "limit", 1);
    mqtt.takesSubscribe(client, DeviceTopics.ATTRIBUTES, 1);
    share(device.id(), "limit", 2);
    try (var commit = house.store.begin()) {
      house.attributes.delete(commit, device.id(), AttributeScope.SHARED_SCOPE, List.of("limit"));
      commit.write();
    }
    mqtt.unsubscribed(client, DeviceTopics.ATTRIBUTES);
    share(device.id(), "limit", 3);
    assertThat(client.sent)
        .containsExactly(
            "v1/devices/me/attributes {\"limit\":2} 1",
            "v1/devices/me/attributes {\"deleted\":[\"limit\"]} 1");
  }

  @Test
  void aGatewayBringsItsDevices() {
    var gateway = connect(house.device("G", "GATE", true), "GATE");
    publish(gateway, "v1/gateway/connect", "{\"device\":\"A\"}").join();
    publish(
            gateway,
            "v1/gateway/telemetry",
            "{\"A\":[{\"ts\":5,\"values\":{\"t\":1}}],\"B\":[{\"t\":2}]}")
        .join();
    publish(gateway, "v1/gateway/attributes", "{\"A\":{\"fw\":\"2.0.0\"}}").join();
    publish(
            gateway,
            "v1/gateway/attributes/request",
            "{\"id\":9,\"device\":\"A\",\"client\":true,\"key\":\"fw\"}")
        .join();
    var a = house.entities.devices().findByName(house.tenant.id(), "A").orElseThrow();
    var b = house.entities.devices().findByName(house.tenant.id(), "B").orElseThrow();
    assertThat(house.latest(a.id())).containsExactly("t=1");
    assertThat(house.latest(b.id())).containsExactly("t=2");
    assertThat(gateway.sent)
        .containsExactly(
            "v1/gateway/attributes/response {\"id\":9,\"device\":\"A\",\"value\":\"2.0.0\"} 0");
  }

  @Test
  void onlyAGatewaySpeaksForOthers() {
    var client = connect(house.device("D", "TOKEN", false), "TOKEN");
    assertThatThrownBy(publish(client, "v1/gateway/telemetry", "{\"A\":[{\"t\":1}]}")::join)
        .hasMessageContaining("The device 'D' is not a gateway");
  }

  @Test
  void aDeletedDeviceIsDisconnected() {
    var device = house.device("D", "TOKEN", false);
    var client = connect(device, "TOKEN");
    house.entities.devices().delete(device.id());
    assertThat(client.closed).isNotEmpty();
    mqtt.disconnected(client, false);
    assertThat(house.counters.snapshot()).containsEntry("device.connected", 0L);
  }

  @Test
  void aRenamedDeviceCarriesItsNewName() {
    var device = house.device("D", "TOKEN", false);
    var client = connect(device, "TOKEN");
    house
        .entities
        .devices()
        .save(
            new Device(
                device.id(),
                device.createdTime(),
                device.tenantId(),
                null,
                "D2",
                device.type(),
                "",
                device.deviceProfileId(),
                device.deviceData(),
                device.additionalInfo(),
                device.version()));
    await().until(() -> client.principal().name().equals("D2"));
  }

  private Wire connect(Device device, String token) {
    var credentials = house.entities.credentials().findByToken(token).orElseThrow();
    var client = new Wire(new DevicePrincipal(credentials, device));
    mqtt.connected(client);
    return client;
  }

  private void share(EntityId device, String key, long value) {
    try (var commit = house.store.begin()) {
      house.attributes.save(
          commit,
          device,
          AttributeScope.SHARED_SCOPE,
          List.of(new Attribute(key, new JsonLong(value), 1)));
      commit.write();
    }
  }

  private CompletableFuture<Void> publish(Wire client, String topic, String body) {
    var future = new CompletableFuture<Void>();
    var ack =
        new Ack() {
          @Override
          public void done() {
            future.complete(null);
          }

          @Override
          public void refused(Refusal refusal) {
            future.completeExceptionally(new IllegalStateException(refusal.reason()));
          }
        };
    assertThat(mqtt.takesPublish(client, message(topic, body), ack)).isTrue();
    return future;
  }

  private static Publish message(String topic, String body) {
    return new Publish(
        TopicName.of(topic),
        body.getBytes(StandardCharsets.UTF_8),
        1,
        false,
        false,
        1,
        Properties.NONE);
  }

  /// The far end of a connection, as the tap sees it.
  private static final class Wire implements Client {
    final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> closed = new ConcurrentLinkedQueue<>();
    private final Principal principal;

    Wire(Principal principal) {
      this.principal = principal;
    }

    @Override
    public String clientId() {
      return "wire";
    }

    @Override
    public Principal principal() {
      return principal;
    }

    @Override
    public ProtocolVersion version() {
      return ProtocolVersion.V5;
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("wire", 1);
    }

    @Override
    public boolean isConnected() {
      return closed.isEmpty();
    }

    @Override
    public void send(String topic, byte[] payload, int qos) {
      sent.add(topic + " " + new String(payload, StandardCharsets.UTF_8) + " " + qos);
    }

    @Override
    public void close(ReasonCode code, String reason) {
      closed.add(code + " " + reason);
    }
  }
}
