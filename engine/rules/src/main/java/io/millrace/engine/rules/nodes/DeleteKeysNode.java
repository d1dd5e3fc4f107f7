package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;

/// Removes members of the body or the metadata.
final class DeleteKeysNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("delete key-value pairs", Settings.class, DeleteKeysNode::new)
          .summary("Removes members of the body or the metadata.")
          .alias("org.thingsboard.rule.engine.transform.TbDeleteKeysNode")
          .version(2, (_, given) -> KeySource.upgrade(given, "deleteFrom", "dataToFetch"));

  record Settings(
      @Doc("Where the members are removed.") @Default("DATA") KeySource deleteFrom,
      @Doc("Names of the members, as regular expressions.") List<String> keys) {}

  private final KeySource from;
  private final KeyPatterns keys;

  DeleteKeysNode(Settings settings) {
    from = settings.deleteFrom();
    keys = KeyPatterns.of(settings.keys());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var all = from.of(message);
    var kept = JsonObject.builder();
    all.forEach(
        (name, value) -> {
          if (!keys.match(name)) {
            kept.put(name, value);
          }
        });
    var rest = kept.build();
    return Outcome.success(rest.size() == all.size() ? message : from.with(message, rest));
  }
}
