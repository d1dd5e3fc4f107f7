package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Hands the message to another queue: what fails from here on is tried again, or not, as that
/// queue says. All of the message's effects are taken back then, so that it takes effect once.
final class CheckpointNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.flow("checkpoint", Settings.class, CheckpointNode::new)
          .summary("Hands the message to the queue that the node names.")
          .alias("org.thingsboard.rule.engine.flow.TbCheckpointNode")
          .version(1, (_, configuration) -> configuration);

  record Settings(
      @Doc("The queue; since version 1 the node's own queueName is meant.") String queueName) {}

  private final String queue;

  CheckpointNode(Settings settings, NodeSetup setup) {
    queue = setup.queue().isEmpty() ? settings.queueName() : setup.queue();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!queue.isEmpty()) {
      context.queue(queue);
    }
    return Outcome.success(message);
  }
}
