package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Answers whoever waits for `POST /api/rule-engine`, with the message's body.
public final class RestReplyNode implements RuleNode {
  /// Delivered by `wire/user`: `serviceId`, `requestUUID`, `body`.
  public static final String KIND = "rest-reply";

  static final NodeType<Settings> TYPE =
      NodeType.action("rest call reply", Settings.class, (given, _) -> new RestReplyNode(given))
          .summary("Answers a REST call to the rule engine with the message's body.")
          .alias("org.thingsboard.rule.engine.rest.TbSendRestApiCallReplyNode");

  record Settings(
      @Doc("Metadata member that says whom to answer.") @Default("serviceId")
          String serviceIdMetaDataAttribute,
      @Doc("Metadata member that says which request to answer.") @Default("requestUUID")
          String requestIdMetaDataAttribute) {}

  private final Settings settings;

  private RestReplyNode(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request = message.metadata().text(settings.requestIdMetaDataAttribute(), "");
    if (request.isEmpty()) {
      return Outcome.failed(
          message,
          "The metadata has no %s: no REST call waits for this message."
              .formatted(settings.requestIdMetaDataAttribute()));
    }
    return new Outcome.Call(
        new OutsideCall(
            KIND,
            JsonObject.builder()
                .put("requestUUID", request)
                .put(
                    "serviceId", message.metadata().text(settings.serviceIdMetaDataAttribute(), ""))
                .put("body", message.body())
                .build()),
        message);
  }
}
