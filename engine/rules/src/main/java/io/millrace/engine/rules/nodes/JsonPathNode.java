package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Replaces the body by a part of it.
final class JsonPathNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("json path", Settings.class, JsonPathNode::new)
          .summary("The body becomes what the JSONPath finds in it.")
          .alias("org.thingsboard.rule.engine.transform.TbJsonPathNode");

  record Settings(@Doc("JSONPath, as in $.values[0].") @Default("$") String jsonPath) {}

  private final Settings settings;
  private final JsonPath path;

  JsonPathNode(Settings settings) {
    this.settings = settings;
    this.path = JsonPath.of(settings.jsonPath());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return path.find(message.body())
        .map(found -> Outcome.success(message.withBody(found)))
        .orElseGet(
            () ->
                Outcome.failed(
                    message, "The body has nothing at %s.".formatted(settings.jsonPath())));
  }
}
