package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.Arrays;

/// Routes a message by its type.
final class MessageTypeSwitchNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.filter("message type switch", NoSettings.class, _ -> new MessageTypeSwitchNode())
          .summary("One connection per message type; Other for the rest.")
          .connections(
              Arrays.stream(MessageType.values())
                  .map(MessageType::connection)
                  .distinct()
                  .toArray(String[]::new))
          .alias("org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode");

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var type = MessageType.of(message.type());
    return Outcome.next(type == null ? MessageType.OTHER : type.connection(), message);
  }
}
