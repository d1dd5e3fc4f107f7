package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.model.EntityType;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceAuthenticatorTest {
  @TempDir Path directory;
  private DeviceHouse house;
  private DeviceAuthenticator authenticator;

  @BeforeEach
  void open() {
    house = new DeviceHouse(directory);
    authenticator = new DeviceAuthenticator(house.entities);
  }

  @AfterEach
  void close() {
    authenticator.close();
    house.close();
  }

  @Test
  void theAccessTokenIsTheUserName() {
    house.device("D", "TOKEN", false);
    assertThat(name(connect("any", "TOKEN", null))).isEqualTo("D");
    assertThat(name(connect("any", "TOKEN", "ignored"))).isEqualTo("D");
  }

  @Test
  void anUnknownUserNameIsLeftToOthers() {
    assertThat(connect("any", "WRONG", null)).isEqualTo(new ConnectDecision.NotMine());
  }

  @Test
  void noUserNameIsAnonymous() {
    assertThat(connect("any", null, null)).isInstanceOf(ConnectDecision.Anonymous.class);
    assertThat(connect("any", "", null)).isInstanceOf(ConnectDecision.Anonymous.class);
  }

  @Test
  void basicCredentialsNeedAllThatTheyName() {
    basic(
        "B",
        DeviceAuthenticator.sha3("c1|u1"),
        "{\"clientId\":\"c1\",\"userName\":\"u1\",\"password\":\"p\"}");
    assertThat(name(connect("c1", "u1", "p"))).isEqualTo("B");
    assertThat(connect("c1", "u1", "q")).isInstanceOf(ConnectDecision.NotMine.class);
    assertThat(connect("c1", "u1", null)).isInstanceOf(ConnectDecision.NotMine.class);
    assertThat(connect("c2", "u1", "p")).isInstanceOf(ConnectDecision.NotMine.class);
  }

  @Test
  void basicCredentialsMayNameTheUserOrTheClientAlone() {
    basic("U", "u2", "{\"userName\":\"u2\",\"password\":\"p\"}");
    basic("C", DeviceAuthenticator.sha3("c3"), "{\"clientId\":\"c3\"}");
    assertThat(name(connect("any", "u2", "p"))).isEqualTo("U");
    assertThat(name(connect("c3", null, null))).isEqualTo("C");
  }

  @Test
  void aTokenThatWasChangedIsNotTakenAnyMore() {
    var device = house.device("D", "OLD", false);
    assertThat(name(connect("any", "OLD", null))).isEqualTo("D");
    var credentials = house.entities.credentials().findByDevice(device.id()).orElseThrow();
    house
        .entities
        .credentials()
        .save(
            new DeviceCredentials(
                credentials.id(),
                credentials.createdTime(),
                credentials.tenantId(),
                device.id(),
                CredentialsType.ACCESS_TOKEN,
                "NEW",
                "",
                credentials.version()));
    assertThat(connect("any", "OLD", null)).isInstanceOf(ConnectDecision.NotMine.class);
    assertThat(name(connect("any", "NEW", null))).isEqualTo("D");
  }

  private void basic(String name, String credentialsId, String value) {
    var device = Device.named(house.entities.newId(EntityType.DEVICE), name, house.profile);
    house
        .entities
        .devices()
        .create(
            device,
            new DeviceCredentials(
                house.entities.newId(EntityType.DEVICE_CREDENTIALS),
                0,
                device.tenantId(),
                device.id(),
                CredentialsType.MQTT_BASIC,
                credentialsId,
                value,
                0));
  }

  private ConnectDecision connect(String client, @Nullable String user, @Nullable String password) {
    var decision = new CompletableFuture<ConnectDecision>();
    authenticator.authenticate(
        new ConnectRequest(
            client,
            Optional.ofNullable(user),
            Optional.ofNullable(password).map(text -> text.getBytes(StandardCharsets.UTF_8)),
            InetSocketAddress.createUnresolved("wire", 1),
            "tcp",
            ProtocolVersion.V3_1_1,
            true,
            List.of(),
            false),
        decision::complete);
    return decision.join();
  }

  private static String name(ConnectDecision decision) {
    assertThat(decision).isInstanceOf(ConnectDecision.Accepted.class);
    return ((ConnectDecision.Accepted) decision).principal().name();
  }
}
