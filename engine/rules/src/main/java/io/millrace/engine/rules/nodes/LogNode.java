package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.scripts.CompiledScript;

/// Writes a line to the log.
final class LogNode implements RuleNode {
  static final NodeType<ScriptSettings> TYPE =
      NodeType.action("log", ScriptSettings.class, LogNode::new)
          .summary("Logs what the script returns.")
          .alias("org.thingsboard.rule.engine.action.TbLogNode");

  private final CompiledScript script;

  LogNode(ScriptSettings settings, NodeSetup setup) {
    script = settings.compile(setup);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    context.log(script.run(message.body(), message.metadata(), message.type()).asText());
    return Outcome.success(message);
  }
}
