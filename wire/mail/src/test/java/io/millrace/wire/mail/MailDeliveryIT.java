package io.millrace.wire.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

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

  @Test
  void theServerGetsTheMailOnceForAllReceiversUnderTheCallsKey() throws Exception {
    try (var server = new SmtpPeer("")) {
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
    try (var server = new SmtpPeer("550 no such user")) {
      var answer = delivery(server.port()).deliver(new OutsideCall("mail", MAIL), "k");
      assertThat(answer.delivered()).isFalse();
      assertThat(answer.result().text("error", "")).contains("no such user");
    }
  }

  @Test
  void aBusyServerIsTriedAgain() throws Exception {
    try (var server = new SmtpPeer("451 later")) {
      var delivery = delivery(server.port());
      assertThatThrownBy(() -> delivery.deliver(new OutsideCall("mail", MAIL), "k"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("later");
    }
  }

  @Test
  void tlsThatIsAskedForAndNotOfferedSendsNothing() throws Exception, ExecutionException {
    try (var server = new SmtpPeer("")) {
      var delivery = delivery(server.port(), "starttls");
      assertThatThrownBy(() -> delivery.deliver(new OutsideCall("mail", MAIL), "k"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("STARTTLS");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void withoutAServerAReceiverOrAnAddressTheAnswerSaysWhy() throws Exception {
    var none = new MailDelivery(Settings.defaults(Config.class), () -> 0);
    assertThat(none.deliver(new OutsideCall("mail", MAIL), "k").result().text("error", ""))
        .contains("set mail.host");
    var some = delivery(1);
    assertThat(error(some, MAIL.without("to").without("bcc"))).contains("no receiver");
    assertThat(error(some, MAIL.with("to", new io.millrace.base.json.JsonString("a b@"))))
        .contains("is no address");
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
    return new MailDelivery(config, () -> 0);
  }
}
