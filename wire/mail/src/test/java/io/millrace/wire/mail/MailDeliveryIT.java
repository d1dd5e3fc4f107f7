package io.millrace.wire.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.testkit.SmtpPeer;
import io.millrace.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mail over a real socket to a server that speaks RFC 5321.
final class MailDeliveryIT {
  private static final JsonObject MAIL =
      JsonObject.builder()
          .put("from", "plant@x.example")
          .put("to", "a@x.example, b@x.example")
          .put("bcc", "c@x.example")
          .put("subject", "Too hot\r\nBcc: evil@x.example")
          .put("body", "<b>45 °C</b>")
          .put("isHtml", true)
          .build();

  @TempDir private Path directory;

  @Test
  void theServerGetsTheMailOnceForAllReceiversUnderTheCallsKey() throws Exception {
    try (var server = SmtpPeer.plain("")) {
      var answer = delivery(server.port()).deliver(new OutsideCall("mail", MAIL), "key-1");
      assertThat(answer.delivered()).isTrue();
      var heard = server.heard();
      assertThat(heard)
          .contains("MAIL FROM:<plant@x.example>")
          .contains("RCPT TO:<a@x.example>", "RCPT TO:<b@x.example>", "RCPT TO:<c@x.example>")
          .contains("Message-ID: <key-1@millrace>")
          .contains("Subject: Too hot Bcc: evil@x.example")
          .contains("Content-Type: text/html; charset=UTF-8");
      assertThat(heard).noneMatch(line -> line.startsWith("Bcc:"));
    }
  }

  @Test
  void aReceiverWhomTheServerRefusesForGoodIsNotTriedAgain() throws Exception {
    try (var server = SmtpPeer.plain("550 no such user")) {
      var answer = delivery(server.port()).deliver(new OutsideCall("mail", MAIL), "k");
      assertThat(answer.delivered()).isFalse();
      assertThat(answer.result().text("error", "")).contains("no such user");
    }
  }

  @Test
  void aBusyServerIsTriedAgain() throws Exception {
    try (var server = SmtpPeer.plain("451 later")) {
      var delivery = delivery(server.port());
      assertThatThrownBy(() -> delivery.deliver(new OutsideCall("mail", MAIL), "k"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("later");
    }
  }

  @Test
  void tlsThatIsAskedForAndNotOfferedSendsNothing() throws Exception {
    try (var server = SmtpPeer.plain("")) {
      var delivery = delivery(server.port(), "starttls");
      assertThatThrownBy(() -> delivery.deliver(new OutsideCall("mail", MAIL), "k"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("STARTTLS");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void withoutAServerAReceiverOrAnAddressTheAnswerSaysWhy() throws Exception {
    var none = new MailDelivery(Settings.defaults(Config.class), Optional::empty, () -> 0);
    assertThat(none.deliver(new OutsideCall("mail", MAIL), "k").result().text("error", ""))
        .contains("mail.host");
    var some = delivery(1);
    assertThat(error(some, MAIL.without("to").without("bcc"))).contains("no receiver");
    assertThat(error(some, MAIL.with("to", new io.millrace.base.json.JsonString("a b@"))))
        .contains("is no address");
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void mailGoesEncipheredAndLoggedIn(SmtpPeer.Security security) throws Exception {
    var certificates = TestCertificates.in(directory).issue("mail", "mail");
    try (var server = SmtpPeer.secured(security, certificates, "mail", "plant", "s3cret")) {
      var settings = secured(server.port(), security, "s3cret");
      var sent =
          trusting(certificates.authority(), settings).deliver(new OutsideCall("mail", MAIL), "k");
      assertThat(sent.delivered()).as("%s", sent).isTrue();
      assertThat(server.heard()).anyMatch(line -> line.startsWith("AUTH PLAIN")).contains(".");

      var wrong =
          trusting(certificates.authority(), secured(server.port(), security, "wrong"))
              .deliver(new OutsideCall("mail", MAIL), "k");
      assertThat(wrong.result().text("error", "")).contains("refuses the log-in").contains("535");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));

      var strict = trusting(null, settings);
      assertThatThrownBy(() -> strict.deliver(new OutsideCall("mail", MAIL), "k"))
          .isInstanceOf(IOException.class);
      assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aTrustFileThatIsNoneStopsTheStart() throws IOException {
    var file = Files.writeString(directory.resolve("ca.txt"), "none");
    assertThatThrownBy(() -> trusting(file, JsonObject.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mail.trustFile=" + file);
  }

  /// ThingsBoard's mail settings, as the system administrator saves them.
  private static JsonObject secured(int port, SmtpPeer.Security security, String password) {
    boolean isTls = security == SmtpPeer.Security.TLS;
    return JsonObject.builder()
        .put("mailFrom", "plant@x.example")
        .put("smtpProtocol", isTls ? "smtps" : "smtp")
        .put("smtpHost", "127.0.0.1")
        .put("smtpPort", Integer.toString(port))
        .put("enableTls", !isTls)
        .put("username", "plant")
        .put("password", password)
        .build();
  }

  private static MailDelivery trusting(@Nullable Path authority, JsonObject stored) {
    var config =
        Settings.of()
            .add(Map.of("mail.trustFile", authority == null ? "" : authority.toString()), "test")
            .bind("mail", Config.class);
    return new MailDelivery(config, () -> Optional.of(stored), () -> 0);
  }

  private static String error(MailDelivery delivery, JsonObject mail) throws IOException {
    return delivery.deliver(new OutsideCall("mail", mail), "k").result().text("error", "");
  }

  private static MailDelivery delivery(int port) {
    return delivery(port, "none");
  }

  private static MailDelivery delivery(int port, String security) {
    var config =
        Settings.of()
            .add(
                Map.of(
                    "mail.host",
                    "127.0.0.1",
                    "mail.port",
                    Integer.toString(port),
                    "mail.security",
                    security),
                "test")
            .bind("mail", Config.class);
    return new MailDelivery(config, Optional::empty, () -> 0);
  }
}
