package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;

/// Sends a text to a Slack channel, by a bot's token or an incoming webhook.
final class SlackNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("send to slack", Settings.class, SlackNode::new)
          .summary("Sends a text to a Slack channel or user.")
          .alias("org.thingsboard.rule.engine.notification.TbSlackNode");

  private static final String API = "https://slack.com/api/chat.postMessage";

  record Settings(
      @Doc("Token of the Slack app.") String botToken,
      @Doc("Take the token from the system's settings.") boolean useSystemSettings,
      @Doc("The text; may hold patterns.") String messageTemplate,
      @Doc("Kind of conversation.") String conversationType,
      @Doc("The channel or user.") Conversation conversation,
      @Doc("Address of an incoming webhook, or of a compatible service; empty for Slack's.")
          String webhookUrl) {}

  record Conversation(@Doc("Id in Slack.") String id, @Doc("Name in Slack.") String name) {}

  private final Settings settings;
  private final Template text;

  SlackNode(Settings settings) {
    this.settings = settings;
    this.text = Template.of(settings.messageTemplate());
    if (settings.messageTemplate().isBlank()) {
      throw new IllegalArgumentException("messageTemplate is empty. Give the text to send.");
    }
    if (settings.botToken().isBlank() && settings.webhookUrl().isBlank()) {
      throw new NotBuiltException(
          "There are no system settings for Slack here; give the node its botToken or a"
              + " webhookUrl.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var headers = JsonObject.builder().put("Content-Type", "application/json; charset=utf-8");
    if (!settings.botToken().isBlank()) {
      headers.put("Authorization", "Bearer " + settings.botToken());
    }
    var body =
        JsonObject.builder()
            .put("channel", settings.conversation().id())
            .put("text", text.fill(message))
            .build();
    var url = settings.webhookUrl().isBlank() ? API : settings.webhookUrl().strip();
    return new Outcome.Call(
        HttpAnswer.post(url, headers.build(), body.toString(), JsonObject.EMPTY), message);
  }

  /// Slack answers 200 with `"ok":false` when it did not take the text.
  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    if (error.isEmpty()) {
      error = refusal(answer.result().text("body", ""));
    }
    return error.isEmpty() ? Outcome.success(message) : HttpAnswer.failed(message, error);
  }

  private static String refusal(String body) {
    try {
      return Json.parse(body) instanceof JsonObject said && said.get("ok") == JsonBoolean.FALSE
          ? "Slack did not take the text: " + said.text("error", "no reason")
          : "";
    } catch (JsonSyntaxException plainText) {
      return ""; // a webhook answers the word ok
    }
  }
}
