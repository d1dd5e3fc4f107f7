package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserSocketIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private String device;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    device = platform.deviceA.id().id().toString();
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void theNewFormAnswersWhatIsThereAndThenWhatChanges() throws Exception {
    post("{\"ts\":1000,\"values\":{\"t\":20.5,\"h\":60}}");
    try (var socket = new SocketClient(platform.listener.port(), "/api/ws")) {
      socket.send(
          """
          {"authCmd":{"cmdId":0,"token":"%s"},"cmds":[{"type":"TIMESERIES","entityType":"DEVICE","entityId":"%s","scope":"LATEST_TELEMETRY","cmdId":7,"keys":"t"}]}"""
              .formatted(a.token(), device));

      assertThat(socket.next())
          .hasToString(
              "{\"subscriptionId\":7,\"errorCode\":0,\"errorMsg\":null,\"data\":{\"t\":[[1000,\"20.5\"]]},\"latestValues\":{\"t\":1000}}");

      post("{\"ts\":2000,\"values\":{\"h\":61}}"); // not watched
      post("{\"ts\":3000,\"values\":{\"t\":21,\"h\":62}}");

      assertThat(socket.next())
          .hasToString(
              "{\"subscriptionId\":7,\"errorCode\":0,\"errorMsg\":null,\"data\":{\"t\":[[3000,\"21\"]]},\"latestValues\":{\"t\":3000}}");

      socket.send("{\"cmds\":[{\"type\":\"TIMESERIES\",\"cmdId\":7,\"unsubscribe\":true}]}");
      fence(socket);
      post("{\"ts\":4000,\"values\":{\"t\":22}}");
      fence(socket);
    }
  }

  @Test
  void theOldFormWithTheTokenInTheUrlWorksToo() throws Exception {
    post("{\"ts\":1000,\"values\":{\"t\":1}}");
    post("{\"ts\":2000,\"values\":{\"t\":2}}");
    a.post(path("/attributes/SERVER_SCOPE"), "{\"limit\":20}");
    try (var socket = telemetrySocket(a.token())) {
      socket.send(
          """
          {"tsSubCmds":[{"entityType":"DEVICE","entityId":"%1$s","scope":"LATEST_TELEMETRY","cmdId":1}],
           "attrSubCmds":[{"entityType":"DEVICE","entityId":"%1$s","scope":"SERVER_SCOPE","cmdId":2,"keys":"limit"}],
           "historyCmds":[{"entityType":"DEVICE","entityId":"%1$s","cmdId":3,"keys":"t","startTs":0,"endTs":5000,"limit":10}]}"""
              .formatted(device));

      assertThat(socket.next().get("data")) // attributes come first in the frame's order of ours
          .hasToString("{\"limit\":[[%d,\"20\"]]}".formatted(platform.time.millis()));
      assertThat(socket.next().get("data")).hasToString("{\"t\":[[2000,\"2\"]]}");
      assertThat(socket.next().get("data")).hasToString("{\"t\":[[2000,\"2\"],[1000,\"1\"]]}");

      a.post(path("/attributes/SERVER_SCOPE"), "{\"limit\":25,\"other\":1}");
      var update = socket.next();
      assertThat(update.get("subscriptionId")).hasToString("2");
      assertThat(((JsonObject) update.get("data")).get("limit").toString()).contains("\"25\"");
      assertThat(((JsonObject) update.get("data")).has("other")).isFalse();

      a.delete(path("/SERVER_SCOPE?keys=limit"));
      assertThat(((JsonObject) socket.next().get("data")).get("limit").toString()).contains("null");
    }
  }

  @Test
  void aTimeWindowBringsItsHistoryFirst() throws Exception {
    for (int i = 1; i <= 5; i++) {
      post("{\"ts\":%d,\"values\":{\"t\":%d}}".formatted(i * 1_000, i));
    }
    try (var socket = telemetrySocket(a.token())) {
      socket.send(
          "{\"tsSubCmds\":[{\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"cmdId\":1,\"keys\":\"t\",\"startTs\":2000,\"timeWindow\":2500,\"limit\":100}]}"
              .formatted(device));

      assertThat(socket.next().get("data"))
          .hasToString("{\"t\":[[4000,\"4\"],[3000,\"3\"],[2000,\"2\"]]}");
    }
  }

  @Test
  void alarmsComeLive() throws Exception {
    try (var socket = telemetrySocket(a.token())) {
      socket.send(
          "{\"cmds\":[{\"type\":\"ALARM_DATA\",\"cmdId\":5,\"query\":{\"entityFilter\":{\"type\":\"singleEntity\",\"singleEntity\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}},\"pageLink\":{\"pageSize\":10,\"page\":0}}}]}"
              .formatted(device));
      var first = socket.next();
      assertThat(first.get("cmdId")).hasToString("5");
      assertThat(first.get("data"))
          .hasToString("{\"data\":[],\"totalPages\":0,\"totalElements\":0,\"hasNext\":false}");

      var alarm =
          a.post(
              "/api/alarm",
              "{\"type\":\"High\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
                  .formatted(device));
      var update = (JsonObject) ((JsonArray) socket.next().get("update")).get(0);
      assertThat(update.text("originatorName", "")).isEqualTo("Boiler");
      assertThat(update.text("status", "")).isEqualTo("ACTIVE_UNACK");

      a.post("/api/alarm/" + alarm.id() + "/clear", "");
      update = (JsonObject) ((JsonArray) socket.next().get("update")).get(0);
      assertThat(update.text("status", "")).isEqualTo("CLEARED_UNACK");
    }
  }

  @Test
  void anotherTenantsDeviceCannotBeWatched() throws Exception {
    try (var socket = telemetrySocket(platform.token("b@x.example"))) {
      for (var list : new String[] {"tsSubCmds", "attrSubCmds", "historyCmds"}) {
        socket.send(
            "{\"%s\":[{\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"cmdId\":1,\"keys\":\"t\"}]}"
                .formatted(list, device));
        var refusal = socket.next();
        assertThat(refusal.get("errorCode")).hasToString("3");
        assertThat(refusal.text("errorMsg", "")).contains("is not found");
        assertThat(refusal.has("data")).isFalse();
      }
      post("{\"ts\":1000,\"values\":{\"t\":1}}");
      fence(socket);
    }
  }

  @Test
  void aBadCommandIsAnsweredAndTheSocketStaysUsable() throws Exception {
    try (var socket = telemetrySocket(a.token())) {
      for (var frame :
          new String[] {
            "not json",
            "[]",
            "{\"cmds\":[{\"type\":\"ROCKET\",\"cmdId\":1}]}",
            "{\"cmds\":[{\"type\":\"TIMESERIES\",\"cmdId\":1,\"entityId\":\"x\"}]}",
            "{\"historyCmds\":[{\"cmdId\":1,\"entityId\":\"%s\",\"keys\":\"t\",\"agg\":\"ODD\"}]}"
                .formatted(device)
          }) {
        socket.send(frame);
        assertThat(socket.next().get("errorCode")).as(frame).hasToString("2");
      }
      fence(socket);
    }
  }

  @Test
  void withoutAGoodTokenTheSocketIsClosed() throws Exception {
    try (var bad = telemetrySocket("nonsense")) {
      assertThat(bad.closing()).isEqualTo("1008 Authentication failed");
    }
    try (var silent = new SocketClient(platform.listener.port(), "/api/ws")) {
      await() // the server may take the connection after the clock moved
          .until(
              () -> {
                platform.time.advance(Duration.ofSeconds(11));
                return silent.isClosed();
              });
      assertThat(silent.closing()).startsWith("1008 No token came in time");
    }
    try (var early = new SocketClient(platform.listener.port(), "/api/ws")) {
      early.send("{\"cmds\":[{\"type\":\"TIMESERIES\",\"cmdId\":1}]}");
      assertThat(early.closing()).startsWith("1008 Sign in first");
    }
  }

  @Test
  void loggingOutClosesTheSocket() throws Exception {
    try (var socket = telemetrySocket(a.token())) {
      fence(socket);
      a.post("/api/auth/logout", "");

      platform.time.advance(Duration.ofSeconds(31));

      assertThat(socket.closing()).isEqualTo("1008 The session has ended");
    }
  }

  @Test
  void whatACustomerLosesStopsComing() throws Exception {
    var customer = platform.as("customer@x.example");
    var meter = platform.deviceOfCustomer.id().id().toString();
    try (var socket = telemetrySocket(customer.token())) {
      socket.send(
          "{\"tsSubCmds\":[{\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"cmdId\":1}]}"
              .formatted(meter));
      socket.next();
      a.delete("/api/customer/device/" + meter);

      platform.time.advance(Duration.ofSeconds(31));

      var end = socket.next();
      assertThat(end.get("subscriptionId")).hasToString("1");
      assertThat(end.get("errorCode")).hasToString("3");
    }
  }

  @Test
  void subscriptionsOfASocketAreBounded() throws Exception {
    try (var socket = telemetrySocket(a.token())) {
      for (int i = 0; i < 500; i++) {
        socket.send(command(i));
        socket.next();
      }

      socket.send(command(500));

      var refusal = socket.next();
      assertThat(refusal.get("errorCode")).hasToString("2");
      assertThat(refusal.text("errorMsg", "")).contains("user.subscriptionsPerSocket");
      socket.send(command(3)); // takes the place of its former self
      assertThat(socket.next().get("errorCode")).hasToString("0");
    }
  }

  @Test
  void whoAsksWithoutListeningWaits() throws Exception {
    var text = "x".repeat(1_000);
    for (int batch = 0; batch < 10; batch++) {
      int from = batch * 100;
      post(
          IntStream.range(from, from + 100)
              .mapToObj(ts -> "{\"ts\":%d,\"values\":{\"s\":\"%s\"}}".formatted(ts, text))
              .collect(Collectors.joining(",", "[", "]")));
    }
    int questions = 100; // of 1 MB each
    try (var socket = telemetrySocket(a.token())) {
      fence(socket);
      socket.hold();
      for (int i = 0; i < questions; i++) {
        socket.send(
            "{\"historyCmds\":[{\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"cmdId\":%d,\"keys\":\"s\",\"startTs\":0,\"endTs\":5000,\"limit\":1000}]}"
                .formatted(device, i));
      }

      await().during(Duration.ofMillis(300)).until(() -> framesReceived() < questions / 2);
      socket.goOn();

      for (int i = 0; i < questions; i++) {
        assertThat(socket.next().get("subscriptionId")).hasToString(Integer.toString(i));
      }
    }
  }

  private long framesReceived() {
    return platform.counters.count("user.socket_frames_received").sum();
  }

  private String command(int id) {
    return "{\"attrSubCmds\":[{\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"cmdId\":%d}]}"
        .formatted(device, id);
  }

  /// A question whose answer shows that nothing else came before it.
  private void fence(SocketClient socket) throws InterruptedException {
    socket.send("{\"cmds\":[{\"type\":\"FENCE\",\"cmdId\":999}]}");
    assertThat(socket.next().get("subscriptionId")).hasToString("999");
  }

  private SocketClient telemetrySocket(String token) throws Exception {
    return new SocketClient(platform.listener.port(), "/api/ws/plugins/telemetry?token=" + token);
  }

  private void post(String telemetry) {
    assertThat(a.post(path("/timeseries/ANY"), telemetry).status()).isEqualTo(200);
  }

  private String path(String rest) {
    return "/api/plugins/telemetry/DEVICE/" + device + rest;
  }
}
