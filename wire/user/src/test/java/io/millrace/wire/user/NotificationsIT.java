package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People are told: rules, targets, templates, requests, inboxes, by REST and WebSocket.
final class NotificationsIT {
  static final String TARGET =
      "{\"name\":\"%s\",\"configuration\":{\"type\":\"PLATFORM_USERS\",\"usersFilter\":{\"type\":\"TENANT_ADMINISTRATORS\"}}}";
  static final String TEMPLATE =
      "{\"name\":\"Alarm\",\"notificationType\":\"ALARM\",\"configuration\":{\"deliveryMethodsTemplates\":{\"WEB\":{\"method\":\"WEB\",\"enabled\":true,\"subject\":\"${alarmType}"
          + " ${action}\",\"body\":\"${alarmSeverity:upperCase} on ${alarmOriginatorName},"
          + " ${recipientEmail}\",\"additionalConfig\":{\"icon\":{\"enabled\":true},\"actionButtonConfig\":{\"link\":\"/alarms/${alarmId}\"}}}}}}";
  static final String RULE =
      "{\"name\":\"On"
          + " alarms\",\"enabled\":true,\"templateId\":{\"entityType\":\"NOTIFICATION_TEMPLATE\",\"id\":\"%s\"},\"triggerType\":\"ALARM\",\"triggerConfig\":{\"triggerType\":\"ALARM\",\"alarmTypes\":[\"Hot\"],\"notifyOn\":[\"CREATED\",\"CLEARED\"]},\"recipientsConfig\":{\"triggerType\":\"ALARM\",\"escalationTable\":{\"0\":[\"%s\"]%s}}}";
  static final String REQUEST =
      "{\"targets\":[\"%s\"],\"templateId\":{\"entityType\":\"NOTIFICATION_TEMPLATE\",\"id\":\"%s\"},\"additionalConfig\":{\"sendingDelayInSec\":%d}}";

  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private HttpServer server;
  private final Queue<String> posted = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws IOException {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.stop(0);
    platform.close();
  }

  private String template() {
    return a.post("/api/notification/template", TEMPLATE).id();
  }

  private String admins() {
    return a.post("/api/notification/target", TARGET.formatted("Admins")).id();
  }

  private String hook() {
    return a.post(
            "/api/notification/target",
            "{\"name\":\"Hook\",\"configuration\":{\"type\":\"WEBHOOK\",\"url\":\"http://127.0.0.1:%d/in\"}}"
                .formatted(server.getAddress().getPort()))
        .id();
  }

  private Client.Answer alarm(String type) {
    return a.post(
        "/api/alarm",
        "{\"type\":\"%s\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
            .formatted(type, platform.deviceA.id().id()));
  }

  private long unread(Client client) {
    return Long.parseLong(client.get("/api/notifications/unread/count").json().toString());
  }

  private void awaitUnread(Client client, long count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(unread(client)).isEqualTo(count));
  }

  @Test
  void anAlarmIsToldToInboxesAndAWebhook() {
    a.post(
        "/api/notification/rule",
        RULE.formatted(template(), admins(), "").replace("\"0\":[", "\"0\":[\"" + hook() + "\","));
    alarm("Cold");
    var alarm = alarm("Hot");

    awaitUnread(a, 1);
    var first =
        (JsonObject)
            ((JsonArray) a.get("/api/notifications?pageSize=10&page=0").member("data")).get(0);
    assertThat(first.text("subject", "")).isEqualTo("Hot created");
    assertThat(first.text("text", "")).isEqualTo("MAJOR on Boiler, a@x.example");
    assertThat(first.text("type", "")).isEqualTo("ALARM");
    assertThat(first.text("status", "")).isEqualTo("SENT");
    assertThat(first.get("additionalConfig").toString()).contains("/alarms/" + alarm.id());
    assertThat(first.get("info").toString()).contains("\"alarmSeverity\":\"MAJOR\"");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(posted).hasSize(1));
    assertThat(posted.peek()).contains("\"subject\":\"Hot created\"");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(a.get("/api/notification/requests?pageSize=10&page=0").json().toString())
                    .contains("\"WEBHOOK\":1"));
    assertThat(unread(platform.as("b@x.example"))).isZero();
    assertThat(unread(platform.as("customer@x.example"))).isZero();

    var id = ((JsonObject) first.get("id")).text("id", "");
    assertThat(
            platform
                .as("b@x.example")
                .send("PUT", "/api/notification/" + id + "/read", "")
                .status())
        .isEqualTo(404);
    a.send("PUT", "/api/notification/" + id + "/read", "");
    assertThat(unread(a)).isZero();
    a.delete("/api/notification/" + id);
    assertThat(a.get("/api/notifications?pageSize=10&page=0").member("totalElements"))
        .hasToString("0");
  }

  @Test
  void anAlarmNobodyMindsIsEscalated() {
    var second =
        a.post(
                "/api/notification/target",
                "{\"name\":\"Customer\",\"configuration\":{\"type\":\"PLATFORM_USERS\",\"usersFilter\":{\"type\":\"CUSTOMER_USERS\",\"customerId\":\"%s\"}}}"
                    .formatted(platform.customerA.id()))
            .id();
    a.post(
        "/api/notification/rule",
        RULE.formatted(template(), admins(), ",\"600\":[\"" + second + "\"]"));
    var customer = platform.as("customer@x.example");
    var alarm = alarm("Hot");
    awaitUnread(a, 1);
    platform.time.advance(Duration.ofSeconds(590));
    assertThat(unread(customer)).isZero();
    platform.time.advance(Duration.ofSeconds(20));
    awaitUnread(customer, 1);

    a.post("/api/alarm/" + alarm.id() + "/clear", "");
    awaitUnread(a, 2);
    alarm("Hot");
    awaitUnread(a, 3);
    var again =
        (JsonObject)
            ((JsonArray)
                    a.get(
                            "/api/alarms?pageSize=1&page=0&sortProperty=createdTime&sortOrder=DESC&searchStatus=ACTIVE")
                        .member("data"))
                .get(0);
    a.post("/api/alarm/" + ((JsonObject) again.get("id")).text("id", "") + "/ack", "");
    platform.time.advance(Duration.ofSeconds(700));
    a.post("/api/notification/request", REQUEST.formatted(second, template2(), 0));
    awaitUnread(customer, 2); // the request's alone: it came after the escalation would have
  }

  private String template2() {
    return a.post(
            "/api/notification/template",
            TEMPLATE.replace("\"name\":\"Alarm\"", "\"name\":\"Second\""))
        .id();
  }

  @Test
  void aRequestWaitsForItsTimeAndCanBeTakenBack() {
    var target = admins();
    var template = template();
    assertThat(
            a.post("/api/notification/request/preview", REQUEST.formatted(target, template, 0))
                .json()
                .toString())
        .contains("a@x.example");
    var later = a.post("/api/notification/request", REQUEST.formatted(target, template, 60));
    var never = a.post("/api/notification/request", REQUEST.formatted(target, template, 60));
    assertThat(later.member("status")).hasToString("\"SCHEDULED\"");
    a.delete("/api/notification/request/" + never.id());
    assertThat(unread(a)).isZero();
    platform.time.advance(Duration.ofSeconds(70));
    awaitUnread(a, 1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(a.get("/api/notification/request/" + later.id()).member("status"))
                    .hasToString("\"SENT\""));
  }

  @Test
  void whatCannotWorkIsRefused() {
    var target = "/api/notification/target";
    assertThat(a.post(target, TARGET.formatted("")).status()).isEqualTo(400);
    assertThat(a.post(target, TARGET.replace("TENANT_ADMINISTRATORS", "GOD").formatted("x")).json())
        .asString()
        .contains("usersFilter.type");
    assertThat(
            a.post(
                    target,
                    "{\"name\":\"h\",\"configuration\":{\"type\":\"WEBHOOK\",\"url\":\"ftp:x\"}}")
                .json())
        .asString()
        .contains("http");
    var rule = RULE.formatted("11111111-2222-7333-8444-555555555555", admins(), "");
    assertThat(a.post("/api/notification/rule", rule).status()).isEqualTo(404);
    assertThat(
            a.post("/api/notification/settings/user", "{\"quietHours\":{\"from\":\"25\"}}").json())
        .asString()
        .contains("22:00");
  }

  @Test
  void theSocketTellsOfTheInbox() throws Exception {
    a.post("/api/notification/rule", RULE.formatted(template(), admins(), ""));
    var path = "/api/ws?token=" + platform.token("a@x.example");
    try (var socket = new SocketClient(platform.listener.port(), path)) {
      socket.send(
          "{\"cmds\":[{\"type\":\"NOTIFICATIONS_COUNT\",\"cmdId\":1},{\"type\":\"NOTIFICATIONS\",\"cmdId\":2,\"limit\":5}]}");
      await(
          socket,
          frame -> frame.contains("\"cmdId\":1") && frame.contains("\"totalUnreadCount\":0"));
      await(
          socket, frame -> frame.contains("\"cmdId\":2") && frame.contains("\"notifications\":[]"));
      alarm("Hot");
      await(
          socket,
          frame -> frame.contains("\"cmdId\":1") && frame.contains("\"totalUnreadCount\":1"));
      await(socket, frame -> frame.contains("\"cmdId\":2") && frame.contains("Hot created"));
      socket.send("{\"cmds\":[{\"type\":\"MARK_ALL_NOTIFICATIONS_AS_READ\",\"cmdId\":3}]}");
      await(
          socket,
          frame ->
              frame.contains("\"cmdId\":1")
                  && frame.contains("\"totalUnreadCount\":0")
                  && !frame.contains("\"sequenceNumber\":1,"));
    }
  }

  /// Reads on until such a frame comes.
  private static void await(SocketClient socket, Predicate<String> wanted)
      throws InterruptedException {
    while (!wanted.test(socket.next().toString())) {
      // next() fails when none comes
    }
  }
}
