package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.SmtpPeer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notifications by mail, from the alarm to a mail server on a real socket.
final class MailNotificationsIT {
  private static final String TEMPLATE =
      NotificationsIT.TEMPLATE.replace(
          "{\"WEB\":",
          "{\"EMAIL\":{\"method\":\"EMAIL\",\"enabled\":true,\"subject\":\"${alarmType} at"
              + " ${alarmOriginatorName}\",\"body\":\"<b>${alarmSeverity:upperCase}</b> for"
              + " ${recipientEmail}\"},\"WEB\":");
  private static final String SETTINGS =
      "{\"key\":\"mail\",\"jsonValue\":{\"mailFrom\":\"plant@x.example\",\"smtpProtocol\":\"smtp\",\"smtpHost\":\"127.0.0.1\",\"smtpPort\":\"%d\",\"timeout\":\"10000\",\"enableTls\":false,\"username\":\"\"%s}}";

  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private Client root;
  private SmtpPeer server;

  @BeforeEach
  void open() throws Exception {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    root = platform.as("root@x.example");
    server = SmtpPeer.plain("");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
    server.close();
  }

  private void save() {
    assertThat(root.post("/api/admin/settings", SETTINGS.formatted(server.port(), "")).status())
        .isEqualTo(200);
  }

  private void rule() {
    var target =
        a.post("/api/notification/target", NotificationsIT.TARGET.formatted("Admins")).id();
    var template = a.post("/api/notification/template", TEMPLATE).id();
    assertThat(
            a.post("/api/notification/rule", NotificationsIT.RULE.formatted(template, target, ""))
                .status())
        .isEqualTo(200);
  }

  private void alarm() {
    a.post(
        "/api/alarm",
        "{\"type\":\"Hot\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
            .formatted(platform.deviceA.id().id()));
  }

  private void awaitRequests(String stats) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(a.get("/api/notification/requests?pageSize=10&page=0").json().toString())
                    .contains(stats));
  }

  @Test
  void anAlarmIsMailedToTheTargetsUsers() throws Exception {
    assertThat(a.get("/api/notification/deliveryMethods").json().toString()).contains("EMAIL");
    save();
    rule();
    alarm();
    var mail = server.heard();
    assertThat(mail)
        .contains("MAIL FROM:<plant@x.example>", "Subject: Hot at Boiler")
        .contains("<b>MAJOR</b> for " + recipient(mail), "Content-Type: text/html; charset=UTF-8");
    awaitRequests("\"EMAIL\":");
  }

  /// Who is told first is not said: each administrator of the tenant gets a mail of his own.
  private static String recipient(java.util.List<String> mail) {
    return mail.stream()
        .filter(line -> line.startsWith("RCPT TO:<"))
        .map(line -> line.substring(9, line.indexOf('>')))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutAServerTheRequestSaysWhyNobodyWasMailed() {
    rule();
    alarm();
    awaitRequests("There is no mail server");
  }

  @Test
  void inQuietHoursMailWaitsAndTheInboxDoesNot() throws Exception {
    save();
    var now =
        java.time.Instant.ofEpochMilli(platform.time.millis()).atZone(java.time.ZoneOffset.UTC);
    var quiet =
        "{\"quietHours\":{\"from\":\"%s\",\"to\":\"%s\",\"tz\":\"UTC\"}}"
            .formatted(time(now.minusHours(1)), time(now.plusHours(1)));
    for (var user : java.util.List.of("a", "reader", "editor")) {
      platform.as(user + "@x.example").post("/api/notification/settings/user", quiet);
    }
    rule();
    alarm();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(a.get("/api/notifications/unread/count").json().toString())
                    .isEqualTo("1"));
    root.post("/api/admin/settings/testMail", SETTINGS.formatted(server.port(), ""));
    assertThat(server.heard()).as("the test's alone").contains("RCPT TO:<root@x.example>");
    platform.time.advance(Duration.ofMinutes(61));
    assertThat(server.heard()).contains("Subject: Hot at Boiler");
  }

  private static String time(java.time.ZonedDateTime at) {
    return "%02d:%02d".formatted(at.getHour(), at.getMinute());
  }

  @Test
  void thePasswordIsKeptAndNotShown() {
    var path = "/api/admin/settings";
    assertThat(a.get(path + "/mail").status()).isEqualTo(403);
    var saved = root.post(path, SETTINGS.formatted(server.port(), ",\"password\":\"s3cret\""));
    assertThat(saved.json().toString()).contains("\"key\":\"mail\"").doesNotContain("s3cret");
    save();
    assertThat(root.get(path + "/mail").json().toString())
        .contains("\"smtpPort\":\"%d\"".formatted(server.port()))
        .doesNotContain("s3cret");
    assertThat(new io.millrace.engine.notifications.MailSettings(platform.entities).stored())
        .hasValueSatisfying(stored -> assertThat(stored.text("password", "")).isEqualTo("s3cret"));
  }

  @Test
  void whatCannotWorkIsRefused() throws Exception {
    var path = "/api/admin/settings";
    assertThat(root.post(path, SETTINGS.formatted(70_000, "")).json().toString())
        .contains("smtpPort");
    assertThat(root.post(path, "{\"key\":\"sms\",\"jsonValue\":{}}").json().toString())
        .contains("mail is known");
    server.close();
    var unsent = root.post(path + "/testMail", SETTINGS.formatted(server.port(), ""));
    assertThat(unsent.status()).isEqualTo(400);
    assertThat(unsent.json().toString()).contains("Unable to send mail");
  }
}
