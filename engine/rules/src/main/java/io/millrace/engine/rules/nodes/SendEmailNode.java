package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Sends the mail that the to email node has made, by the system's server or one of its own.
final class SendEmailNode implements RuleNode {
  /// Delivered by `wire/mail`.
  static final String KIND = "mail";

  static final NodeType<Settings> TYPE =
      NodeType.external("send email", Settings.class, SendEmailNode::new)
          .summary("Success once the mail server has taken the mail, or Failure.")
          .alias("org.thingsboard.rule.engine.mail.TbSendEmailNode");

  record Settings(
      @Doc("Send by the system's mail server; the settings below are then left aside.")
          @Default("true")
          boolean useSystemSmtpSettings,
      @Doc("Mail server.") @Default("localhost") String smtpHost,
      @Doc("Its port.") @Default("25") @Limit(min = 1, max = 65_535) int smtpPort,
      @Doc("Log-in; empty for none.") String username,
      @Doc("Password of that log-in.") String password,
      @Doc("smtp, or smtps for TLS from the first byte.") @Default("smtp") String smtpProtocol,
      @Doc("Milliseconds to wait for the server.") @Default("10000") @Limit(min = 1, max = 600_000)
          int timeout,
      @Doc("Begin TLS on a plain connection, and send nothing without.") boolean enableTls,
      @Doc("Oldest TLS to take.") @Default("TLSv1.2") String tlsVersion,
      @Doc("Connect through an HTTP proxy.") boolean enableProxy,
      @Doc("That proxy's host.") String proxyHost,
      @Doc("That proxy's port.") String proxyPort,
      @Doc("Log-in at that proxy; empty for none.") String proxyUser,
      @Doc("Password of that log-in.") String proxyPassword) {}

  private final Settings settings;

  SendEmailNode(Settings settings) {
    this.settings = settings;
    if (settings.useSystemSmtpSettings()) {
      return;
    }
    if (settings.smtpHost().isBlank()) {
      throw new IllegalArgumentException("smtpHost is empty. Give the mail server's name.");
    }
    if (!settings.smtpProtocol().matches("smtps?")) {
      throw new IllegalArgumentException(
          "smtpProtocol=%s is neither smtp nor smtps.".formatted(settings.smtpProtocol()));
    }
    if (settings.enableProxy() && !settings.proxyPort().matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "proxyPort=%s is no port; give the proxy's.".formatted(settings.proxyPort()));
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!message.type().equals(ToEmailNode.SEND_EMAIL)) {
      return Outcome.failed(
          message,
          "The message is of type %s, not SEND_EMAIL; put a to email node before this one."
              .formatted(message.type()));
    }
    var body = message.body() instanceof JsonObject given ? given : JsonObject.EMPTY;
    var mail = JsonObject.builder().put("isHtml", body.get("html") == JsonBoolean.TRUE);
    for (var name : new String[] {"from", "to", "cc", "bcc", "subject", "body"}) {
      if (body.get(name) instanceof JsonString(var text)) {
        mail.put(name, text);
      }
    }
    if (!settings.useSystemSmtpSettings()) {
      mail.put("server", server());
    }
    return new Outcome.Call(new OutsideCall(KIND, mail.build()), message);
  }

  private JsonObject server() {
    var server =
        JsonObject.builder()
            .put("smtpHost", settings.smtpHost().strip())
            .put("smtpPort", settings.smtpPort())
            .put("smtpProtocol", settings.smtpProtocol())
            .put("timeout", settings.timeout())
            .put("enableTls", settings.enableTls())
            .put("tlsVersion", settings.tlsVersion())
            .put("username", settings.username())
            .put("password", settings.password());
    if (settings.enableProxy()) {
      server
          .put("enableProxy", true)
          .put("proxyHost", settings.proxyHost())
          .put("proxyPort", settings.proxyPort())
          .put("proxyUser", settings.proxyUser())
          .put("proxyPassword", settings.proxyPassword());
    }
    return server.build();
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    if (answer.delivered()) {
      return Outcome.success(message);
    }
    var error = answer.result().text("error", "The mail was not sent.");
    return Outcome.failed(message.withMetadata("error", error), error);
  }
}
