package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;

/// Nodes that steer queues in ThingsBoard and have nothing to steer here: an originator's messages
/// always run in order in its partition, and are acknowledged when their batch is stored.
final class PassNodes {
  static final NodeType<NoSettings> ACKNOWLEDGE =
      pass("acknowledge", "org.thingsboard.rule.engine.flow.TbAckNode");
  static final NodeType<NoSettings> SYNCHRONIZATION_START =
      pass(
          "synchronization start",
          "org.thingsboard.rule.engine.transaction.TbSynchronizationBeginNode");
  static final NodeType<NoSettings> SYNCHRONIZATION_END =
      pass(
          "synchronization end",
          "org.thingsboard.rule.engine.transaction.TbSynchronizationEndNode");

  private PassNodes() {}

  private static NodeType<NoSettings> pass(String name, String alias) {
    return NodeType.flow(name, NoSettings.class, (_, _) -> (message, _) -> Outcome.success(message))
        .summary("Passes the message on.")
        .alias(alias);
  }
}
