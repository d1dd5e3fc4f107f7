package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Answers what the originating device asked: the body goes to the connection that asked.
final class RpcReplyNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("rpc call reply", Settings.class, RpcReplyNode::new)
          .summary("Sends the body to the device as the answer to what it asked.")
          .alias("org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode");

  record Settings(
      @Doc("Kept for ThingsBoard; there is one server.") @Default("serviceId")
          String serviceIdMetaDataAttribute,
      @Doc("Metadata member that names the connection.") @Default("sessionId")
          String sessionIdMetaDataAttribute,
      @Doc("Metadata member with the number of the question.") @Default("requestId")
          String requestIdMetaDataAttribute) {}

  private final Settings settings;
  private final NodeSetup setup;

  RpcReplyNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (message.originator().type() != EntityType.DEVICE) {
      return Outcome.failed(
          message, "The originator is %s; only devices ask.".formatted(message.originator()));
    }
    var session = required(message, settings.sessionIdMetaDataAttribute());
    int number = number(required(message, settings.requestIdMetaDataAttribute()));
    var body = message.body();
    context
        .commit()
        .onDurable(() -> setup.rpcs().reply(message.originator(), session, number, body));
    return Outcome.success(message);
  }

  private static String required(RuleMessage message, String name) {
    var text = message.metadata().text(name, "");
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "The metadata has no %s; only a device's question can be answered.".formatted(name));
    }
    return text;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The question's number is \"%s\"; it must be a whole number.".formatted(text), e);
    }
  }
}
