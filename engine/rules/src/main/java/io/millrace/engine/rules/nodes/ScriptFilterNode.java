package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.scripts.CompiledScript;

/// Asks a script whether the message passes.
final class ScriptFilterNode implements RuleNode {
  static final NodeType<ScriptSettings> TYPE =
      NodeType.filter("script", ScriptSettings.class, ScriptFilterNode::new)
          .summary("True or False, as the script returns.")
          .alias("org.thingsboard.rule.engine.filter.TbJsFilterNode");

  private final CompiledScript script;

  ScriptFilterNode(ScriptSettings settings, NodeSetup setup) {
    script = settings.compile(setup);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    boolean passes = script.test(message.body(), message.metadata(), message.type());
    return Outcome.decided(passes, message);
  }
}
