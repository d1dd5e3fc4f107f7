package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Publishes the message's body to a topic of Google Cloud Pub/Sub, by its REST interface.
final class PubSubNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("gcp pubsub", Settings.class, PubSubNode::new)
          .summary("Success with the id that Pub/Sub gave it as metadata messageId, or Failure.")
          .alias("org.thingsboard.rule.engine.gcp.pubsub.TbPubSubNode");

  record Settings(
      @Doc("Id of the Google Cloud project.") String projectId,
      @Doc("Name of the topic.") String topicName,
      @Doc("Attributes of the message; may hold ${metadata} and $[body] patterns.")
          Map<String, String> messageAttributes,
      @Doc("Key file of a service account, as JSON.") String serviceAccountKey,
      @Doc("Name of that file; for people only.") String serviceAccountKeyFileName,
      @Doc("Address of a compatible service in place of https://pubsub.googleapis.com.")
          String endpoint) {}

  private final Settings settings;
  private final JsonObject account;

  PubSubNode(Settings settings) {
    this.settings = settings;
    if (settings.projectId().isBlank() || settings.topicName().isBlank()) {
      throw new IllegalArgumentException("projectId and topicName must be given.");
    }
    this.account = ServiceAccount.parse(settings.serviceAccountKey());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var address =
        settings.endpoint().isBlank()
            ? "https://pubsub.googleapis.com"
            : settings.endpoint().strip();
    var attributes = JsonObject.builder();
    settings
        .messageAttributes()
        .forEach(
            (name, value) ->
                attributes.put(Template.of(name).fill(message), Template.of(value).fill(message)));
    var data = message.body().toString().getBytes(StandardCharsets.UTF_8);
    var sent =
        JsonObject.builder()
            .put("data", Base64.getEncoder().encodeToString(data))
            .put("attributes", attributes.build())
            .build();
    var request =
        JsonObject.builder()
            .put("method", "POST")
            .put(
                "url",
                "%s/v1/projects/%s/topics/%s:publish"
                    .formatted(address, settings.projectId().strip(), settings.topicName().strip()))
            .put("headers", JsonObject.of("Content-Type", new JsonString("application/json")))
            .put("body", JsonObject.of("messages", new JsonArray(List.of(sent))).toString())
            .put("serviceAccount", account)
            .build();
    return new Outcome.Call(new OutsideCall(OutsideCall.HTTP, request), message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    if (!error.isEmpty()) {
      return HttpAnswer.failed(message, error);
    }
    return Outcome.success(message.withMetadata("messageId", id(answer)));
  }

  private static String id(Answer answer) {
    try {
      return Json.parse(answer.result().text("body", "")) instanceof JsonObject body
              && body.get("messageIds") instanceof JsonArray ids
              && ids.size() > 0
          ? ids.get(0).asText()
          : "";
    } catch (JsonSyntaxException noJson) {
      return ""; // it was taken all the same
    }
  }
}
