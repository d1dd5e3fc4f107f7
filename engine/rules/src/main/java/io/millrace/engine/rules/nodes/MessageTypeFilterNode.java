package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;
import java.util.Set;

/// Passes messages of the listed types.
final class MessageTypeFilterNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.filter("message type filter", Settings.class, MessageTypeFilterNode::new)
          .summary("True when the message's type is one of the listed.")
          .alias("org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode");

  record Settings(
      @Doc("Message types that pass.")
          @Default("POST_ATTRIBUTES_REQUEST,POST_TELEMETRY_REQUEST,TO_SERVER_RPC_REQUEST")
          List<String> messageTypes) {}

  private final Set<String> types;

  MessageTypeFilterNode(Settings settings) {
    types = Set.copyOf(settings.messageTypes());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.decided(types.contains(message.type()), message);
  }
}
