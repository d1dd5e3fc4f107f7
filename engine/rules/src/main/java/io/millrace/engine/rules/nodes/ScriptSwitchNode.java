package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.scripts.CompiledScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/// Asks a script by which connections the message goes on.
final class ScriptSwitchNode implements RuleNode {
  static final NodeType<ScriptSettings> TYPE =
      NodeType.filter("switch", ScriptSettings.class, ScriptSwitchNode::new)
          .summary("The script returns one label or a list of labels.")
          .freeConnections()
          .alias("org.thingsboard.rule.engine.filter.TbJsSwitchNode");

  private final CompiledScript script;

  ScriptSwitchNode(ScriptSettings settings, NodeSetup setup) {
    script = settings.compile(setup);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var result = script.run(message.body(), message.metadata(), message.type());
    return switch (result) {
      case JsonString(var label) -> Outcome.next(label, message);
      case JsonArray labels when labels.values().stream().allMatch(JsonString.class::isInstance) ->
          all(labels, message);
      default -> Outcome.failed(message, wrong(result));
    };
  }

  private static Outcome all(JsonArray labels, RuleMessage message) {
    var emissions = new ArrayList<Emission>();
    for (var label : new LinkedHashSet<>(labels.values())) {
      emissions.add(new Emission(label.asText(), message));
    }
    return Outcome.next(emissions);
  }

  private static String wrong(JsonValue result) {
    return "The script returned %s; it must return a label, as in return 'Success'; or a list of labels."
        .formatted(result);
  }
}
