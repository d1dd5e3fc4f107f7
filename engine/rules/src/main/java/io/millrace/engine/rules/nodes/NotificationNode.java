package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;

/// Tells people of the message, by targets and a template of the notification centre.
public final class NotificationNode implements RuleNode {
  /// Delivered by `engine/notifications`, which says what the request holds.
  public static final String KIND = "notification";

  /// The type of messages to `engine/notifications`; no rule chain sees them.
  public static final String TYPE_OF_WORK = "NOTIFICATION";

  static final NodeType<Settings> TYPE =
      NodeType.external("send notification", Settings.class, NotificationNode::new)
          .summary("Tells the users and places that notification targets name.")
          .alias("org.thingsboard.rule.engine.notification.TbNotificationNode");

  record Settings(
      @Doc("Ids of notification targets.") List<String> targets,
      @Doc("Id of the notification template.") Reference templateId) {}

  record Reference(
      @Doc("Always NOTIFICATION_TEMPLATE.") String entityType, @Doc("Id.") String id) {}

  private final JsonArray targets;
  private final String template;

  NotificationNode(Settings settings) {
    if (settings.targets().isEmpty() || settings.templateId().id().isBlank()) {
      throw new IllegalArgumentException(
          "targets and templateId are needed. Choose whom to tell, and the template.");
    }
    targets = new JsonArray(settings.targets().stream().<JsonValue>map(JsonString::new).toList());
    template = settings.templateId().id();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request =
        JsonObject.builder()
            .put("do", "tell")
            .put("tenant", context.tenantId().id().toString())
            .put("type", "RULE_NODE")
            .put("targets", targets)
            .put("templateId", template)
            .put("info", info(message))
            .put("data", data(message))
            .put("ts", context.now())
            .build();
    return new Outcome.Call(new OutsideCall(KIND, request), message);
  }

  private static JsonObject info(RuleMessage message) {
    return JsonObject.builder()
        .put("type", "RULE_NODE")
        .put("msgOriginator", id(message))
        .put("msgType", message.type())
        .put("msgMetadata", message.metadata())
        .put("msgData", message.body())
        .build();
  }

  private static JsonObject id(RuleMessage message) {
    return JsonObject.builder()
        .put("entityType", message.originator().type().name())
        .put("id", message.originator().id().toString())
        .build();
  }

  /// ThingsBoard: metadata and body by their names, `originatorType`, `originatorId`, `msgType`.
  private static JsonObject data(RuleMessage message) {
    var data = JsonObject.builder();
    if (message.body() instanceof JsonObject body) {
      body.forEach(data::put);
    }
    message.metadata().forEach(data::put);
    return data.put("originatorType", message.originator().type().name())
        .put("originatorId", message.originator().id().toString())
        .put("msgType", message.type())
        .build();
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    if (!answer.delivered()) {
      return HttpAnswer.failed(message, answer.result().text("error", "Nobody could be told."));
    }
    if (answer.result().get("calls") instanceof JsonArray calls && calls.size() > 0) {
      context.enqueue(
          new RuleMessage(
              context.newId(),
              context.now(),
              TYPE_OF_WORK,
              message.originator(),
              JsonObject.EMPTY,
              JsonObject.of("calls", calls)));
    }
    var stats = answer.result().get("stats");
    return Outcome.success(
        message.withMetadata("notificationRequestResult", stats == null ? "{}" : stats.toString()));
  }
}
