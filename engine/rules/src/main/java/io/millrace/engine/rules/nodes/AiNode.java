package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.ArrayList;

/// Asks a language model behind an OpenAI-compatible interface; its answer becomes the body.
final class AiNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("AI request", Settings.class, AiNode::new)
          .summary("Asks a language model; its answer becomes the body.")
          .alias("org.thingsboard.rule.engine.ai.TbAiNode");

  record Settings(
      @Doc("ThingsBoard's id of a model; kept, the three fields below say which is asked.")
          JsonValue modelId,
      @Doc("Address of the interface, as in https://api.openai.com/v1.") String baseUrl,
      @Doc("Key for it.") String apiKey,
      @Doc("Name of the model.") String model,
      @Doc("What the model is told about its task; may hold patterns.") String systemPrompt,
      @Doc("What it is asked; may hold patterns.") String userPrompt,
      @Doc("TEXT, JSON, or JSON_SCHEMA with a schema.") Format responseFormat,
      @Doc("Longest wait for the answer, in seconds.") @Default("60") @Limit(min = 1, max = 600)
          int timeoutSeconds) {}

  record Format(
      @Doc("TEXT, JSON or JSON_SCHEMA.") @Default("JSON") String type,
      @Doc("The schema, for JSON_SCHEMA.") JsonObject schema) {}

  private final Settings settings;
  private final Template system;
  private final Template user;

  AiNode(Settings settings) {
    this.settings = settings;
    this.system = Template.of(settings.systemPrompt());
    this.user = Template.of(settings.userPrompt());
    if (settings.userPrompt().isBlank()) {
      throw new IllegalArgumentException("userPrompt is empty. Say what to ask the model.");
    }
    if (settings.baseUrl().isBlank() || settings.model().isBlank()) {
      throw new NotBuiltException(
          "Models are not kept as entities here; give the node baseUrl, model and apiKey.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var asked = new ArrayList<JsonValue>();
    if (!settings.systemPrompt().isBlank()) {
      asked.add(said("system", system.fill(message)));
    }
    asked.add(said("user", user.fill(message)));
    var body =
        JsonObject.builder().put("model", settings.model()).put("messages", new JsonArray(asked));
    var format = settings.responseFormat();
    if (format.type().equals("JSON")) {
      body.put("response_format", JsonObject.of("type", new JsonString("json_object")));
    } else if (format.type().equals("JSON_SCHEMA")) {
      body.put(
          "response_format",
          JsonObject.builder()
              .put("type", "json_schema")
              .put(
                  "json_schema",
                  JsonObject.builder().put("name", "answer").put("schema", format.schema()).build())
              .build());
    }
    var headers = JsonObject.builder().put("Content-Type", "application/json");
    if (!settings.apiKey().isBlank()) {
      headers.put("Authorization", "Bearer " + settings.apiKey());
    }
    var call =
        HttpAnswer.post(
            settings.baseUrl().strip().replaceAll("/+$", "") + "/chat/completions",
            headers.build(),
            body.build().toString(),
            JsonObject.EMPTY);
    return new Outcome.Call(
        new OutsideCall(
            call.kind(),
            call.request().toBuilder().put("timeoutMs", 1000L * settings.timeoutSeconds()).build()),
        message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    if (!error.isEmpty()) {
      return HttpAnswer.failed(message, error);
    }
    var text = content(answer.result().text("body", ""));
    if (settings.responseFormat().type().equals("TEXT")) {
      return Outcome.success(message.withBody(JsonObject.of("response", new JsonString(text))));
    }
    try {
      return Outcome.success(message.withBody(Json.parse(text)));
    } catch (JsonSyntaxException e) {
      return HttpAnswer.failed(message, "The model did not answer in JSON: " + text);
    }
  }

  private static JsonObject said(String role, String content) {
    return JsonObject.builder().put("role", role).put("content", content).build();
  }

  private static String content(String body) {
    if (Json.parse(body) instanceof JsonObject reply
        && reply.get("choices") instanceof JsonArray choices
        && choices.size() > 0
        && choices.get(0) instanceof JsonObject first
        && first.get("message") instanceof JsonObject said) {
      return said.text("content", "");
    }
    throw new IllegalArgumentException("The answer %s has no choices.".formatted(body));
  }
}
