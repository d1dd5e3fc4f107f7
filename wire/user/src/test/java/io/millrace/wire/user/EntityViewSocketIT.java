package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a customer that sees only an entity view hears of the device behind it.
final class EntityViewSocketIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private String customerToken;
  private String device;
  private String view;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    customerToken = platform.as("customer@x.example").token();
    device = platform.deviceA.id().id().toString();
    view = a.post("/api/entityView", EntityViewsIT.VIEW.formatted(device)).id();
    a.post("/api/customer/" + platform.customerA.id() + "/entityView/" + view, "");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void telemetryOfTheListedKeysAndTimeComesAndNothingElse() throws Exception {
    telemetry(1_100, 1);
    telemetry(2_500, 2); // after the view's end
    try (var socket = socket()) {
      socket.send(view("tsSubCmds", ""));
      assertThat(socket.next().get("data")).hasToString("{\"temperature\":[[1100,\"1\"]]}");

      telemetry(500, 3);
      telemetry(1_200, 4);
      telemetry(2_600, 5);
      assertThat(socket.next().get("data")).hasToString("{\"temperature\":[[1200,\"4\"]]}");
      fence(socket);
    }
  }

  @Test
  void aKeyThatIsNotListedIsNeverHeardOf() throws Exception {
    telemetry(1_100, 1);
    try (var socket = socket()) {
      socket.send(view("tsSubCmds", ",\"keys\":\"secret\""));
      assertThat(socket.next().get("data")).hasToString("{}");
      telemetry(1_200, 4);
      fence(socket);
    }
  }

  @Test
  void historyIsCutToTheTimeOfTheView() throws Exception {
    telemetry(900, 1);
    telemetry(1_500, 2);
    telemetry(2_500, 3);
    try (var socket = socket()) {
      socket.send(view("historyCmds", ",\"keys\":\"temperature,secret\",\"startTs\":0"));
      assertThat(socket.next().get("data")).hasToString("{\"temperature\":[[1500,\"2\"]]}");
      socket.send(view("historyCmds", ",\"keys\":\"temperature\",\"startTs\":5000,\"endTs\":9000"));
      assertThat(socket.next().get("data")).hasToString("{}");
    }
  }

  @Test
  void attributesAreThoseOfTheListedScope() throws Exception {
    attribute("SERVER_SCOPE", "{\"area\":12,\"price\":7}");
    attribute("SHARED_SCOPE", "{\"area\":99}"); // the view lists it of the server's scope only
    try (var socket = socket()) {
      socket.send(view("attrSubCmds", ""));
      assertThat(socket.next().get("data").toString())
          .contains("\"12\"")
          .doesNotContain("\"99\"", "price");
      attribute("SHARED_SCOPE", "{\"area\":98}");
      attribute("SERVER_SCOPE", "{\"area\":13,\"price\":8}");
      assertThat(socket.next().get("data").toString())
          .contains("\"13\"")
          .doesNotContain("\"98\"", "price");
      fence(socket);
    }
  }

  @Test
  void theDeviceItselfStaysOutOfSight() throws Exception {
    try (var socket = socket()) {
      socket.send(view("tsSubCmds", "").replace("ENTITY_VIEW", "DEVICE").replace(view, device));
      assertThat(socket.next().get("errorCode")).hasToString("3");
    }
  }

  private SocketClient socket() throws Exception {
    return new SocketClient(
        platform.listener.port(), "/api/ws/plugins/telemetry?token=" + customerToken);
  }

  private String view(String commands, String more) {
    return "{\"%s\":[{\"entityType\":\"ENTITY_VIEW\",\"entityId\":\"%s\",\"cmdId\":1%s}]}"
        .formatted(commands, view, more);
  }

  private void telemetry(long ts, int temperature) {
    var values = JsonObject.builder().put("temperature", temperature).put("secret", 1).build();
    platform.telemetry(platform.deviceA, ts, values);
  }

  private void attribute(String scope, String body) {
    var path = "/api/plugins/telemetry/DEVICE/" + device + "/attributes/" + scope;
    assertThat(a.post(path, body).status()).isEqualTo(200);
  }

  /// A question whose answer shows that nothing else came before it.
  private static void fence(SocketClient socket) throws InterruptedException {
    socket.send("{\"cmds\":[{\"type\":\"FENCE\",\"cmdId\":999}]}");
    assertThat(socket.next().get("subscriptionId")).hasToString("999");
  }
}
