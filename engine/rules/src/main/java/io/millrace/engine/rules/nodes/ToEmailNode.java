package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;

/// Makes a mail of the message, of the type that the send email node takes.
final class ToEmailNode implements RuleNode {
  /// ThingsBoard's message type of a mail.
  static final String SEND_EMAIL = "SEND_EMAIL";

  static final NodeType<Settings> TYPE =
      NodeType.transformation("to email", Settings.class, ToEmailNode::new)
          .summary("Makes a mail of the message by templates.")
          .alias("org.thingsboard.rule.engine.mail.TbMsgToEmailNode");

  record Settings(
      @Doc("Sender; may hold patterns.") @Default("info@testmail.org") String fromTemplate,
      @Doc("Receivers; may hold patterns.") @Default("${userEmail}") String toTemplate,
      @Doc("Receivers of copies; may hold patterns.") String ccTemplate,
      @Doc("Hidden receivers; may hold patterns.") String bccTemplate,
      @Doc("Subject; may hold patterns.") String subjectTemplate,
      @Doc("Text; may hold patterns.") String bodyTemplate,
      @Doc("HTML when it is true; may hold patterns.") String isHtmlTemplate,
      @Doc("false, true, or dynamic for the pattern.") @Default("false") String mailBodyType) {}

  private final Settings settings;

  ToEmailNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    if (settings.toTemplate().isBlank()) {
      throw new IllegalArgumentException("toTemplate is empty. Say whom the mail goes to.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    boolean isHtml =
        settings.mailBodyType().equals("dynamic")
            ? fill(settings.isHtmlTemplate(), message).equals("true")
            : settings.mailBodyType().equals("true");
    var mail =
        JsonObject.builder()
            .put("from", fill(settings.fromTemplate(), message))
            .put("to", fill(settings.toTemplate(), message))
            .put("cc", orNull(fill(settings.ccTemplate(), message)))
            .put("bcc", orNull(fill(settings.bccTemplate(), message)))
            .put("subject", fill(settings.subjectTemplate(), message))
            .put("body", fill(settings.bodyTemplate(), message))
            .put("html", isHtml)
            .build();
    return Outcome.success(message.withType(SEND_EMAIL).withBody(mail));
  }

  private static String fill(String template, RuleMessage message) {
    return Template.of(template).fill(message);
  }

  private static JsonValue orNull(String text) {
    return text.isBlank() ? JsonNull.NULL : new JsonString(text);
  }
}
