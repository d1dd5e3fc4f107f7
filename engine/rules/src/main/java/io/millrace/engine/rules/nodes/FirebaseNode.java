package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.net.URI;

/// Writes the message's body to a Firebase Realtime Database; the message goes on unchanged.
///
/// Writes of many messages travel together as one multi-path update; a write that is tried again
/// takes the same place, so nothing is doubled.
final class FirebaseNode implements RuleNode {
  /// Delivered by `wire/realtime`. The request: `url`, `path`, `action`, `data`, `ts`, and `secret`
  /// or `serviceAccount`.
  static final String KIND = "firebase";

  static final NodeType<Settings> TYPE =
      NodeType.external("firebase", Settings.class, FirebaseNode::new)
          .summary("Success when the database has taken the write, otherwise Failure.")
          .alias("io.millrace.engine.rules.nodes.FirebaseNode");

  /// What becomes of what stands at the path.
  enum Action {
    UPDATE,
    SET,
    PUSH,
    REMOVE
  }

  /// How the node shows who it is.
  enum Auth {
    NONE,
    SECRET,
    SERVICE_ACCOUNT
  }

  record Settings(
      @Doc("Address of the database, https://PROJECT.firebaseio.com or one with ?ns=NAME.")
          @Default("https://my-project.firebaseio.com")
          String databaseUrl,
      @Doc("Path to write to; may hold ${metadata} and $[body] patterns.")
          @Default("/devices/${deviceName}/latest")
          String pathPattern,
      @Doc("UPDATE the named children, SET all, PUSH a new child, or REMOVE.") @Default("UPDATE")
          Action action,
      @Doc("NONE, SECRET or SERVICE_ACCOUNT.") @Default("SERVICE_ACCOUNT") Auth auth,
      @Doc("Database secret, for SECRET.") String secret,
      @Doc("Key file of a service account, as JSON, for SERVICE_ACCOUNT.") String serviceAccount) {}

  private final Settings settings;
  private final Template path;
  private final JsonObject target;

  FirebaseNode(Settings settings) {
    this.settings = settings;
    this.path = Template.of(settings.pathPattern().strip());
    this.target = target(settings);
  }

  private static JsonObject target(Settings settings) {
    var target = JsonObject.builder().put("url", url(settings.databaseUrl().strip()));
    switch (settings.auth()) {
      case NONE -> {}
      case SECRET -> {
        if (settings.secret().isBlank()) {
          throw new IllegalArgumentException("secret is empty. Give the database secret.");
        }
        target.put("secret", settings.secret());
      }
      case SERVICE_ACCOUNT ->
          target.put("serviceAccount", ServiceAccount.parse(settings.serviceAccount()));
    }
    return target.build();
  }

  private static String url(String text) {
    try {
      var url = URI.create(text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "databaseUrl=%s is not a URL: %s".formatted(text, e.getMessage()), e);
    }
    throw new IllegalArgumentException(
        "databaseUrl=%s is not an http:// or https:// URL".formatted(text));
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request =
        target.toBuilder()
            .put("path", path.fill(message))
            .put("action", settings.action().name())
            .put("ts", new JsonLong(message.ts()))
            .put("data", settings.action() == Action.REMOVE ? JsonNull.NULL : message.body());
    return new Outcome.Call(new OutsideCall(KIND, request.build()), message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    if (!answer.delivered()) {
      var error = answer.result().text("error", "The write was given up.");
      return Outcome.failed(message.withMetadata("error", error), error);
    }
    return Outcome.success(message.withMetadata("firebasePath", answer.result().text("path", "")));
  }
}
