package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Leaves the chain by the label that is this node's name, at the node that called the chain.
final class OutputNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.flow("output", NoSettings.class, (_, setup) -> new OutputNode(setup.name()))
          .summary("Returns to the calling chain by the label that this node is named.")
          .freeConnections()
          .alias("org.thingsboard.rule.engine.flow.TbRuleChainOutputNode");

  private final String label;

  OutputNode(String label) {
    this.label = label;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return new Outcome.Leave(label, message);
  }
}
