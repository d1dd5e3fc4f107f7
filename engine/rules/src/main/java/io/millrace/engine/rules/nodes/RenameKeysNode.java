package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.Map;

/// Gives members of the body or the metadata other names.
final class RenameKeysNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("rename keys", Settings.class, RenameKeysNode::new)
          .summary("Renames members of the body or the metadata.")
          .alias("org.thingsboard.rule.engine.transform.TbRenameKeysNode")
          .version(2, (_, given) -> KeySource.upgrade(given, "renameIn", "fromMetadata"));

  record Settings(
      @Doc("Where the members are.") @Default("DATA") KeySource renameIn,
      @Doc("New names by old names.") Map<String, String> renameKeysMapping) {}

  private final Settings settings;

  RenameKeysNode(Settings settings) {
    this.settings = settings;
    if (settings.renameKeysMapping().isEmpty()) {
      throw new IllegalArgumentException("renameKeysMapping is empty. Name at least one key.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var part = settings.renameIn().of(message);
    var renamed = part;
    for (var entry : settings.renameKeysMapping().entrySet()) {
      var value = renamed.get(entry.getKey());
      if (value != null) {
        renamed = renamed.without(entry.getKey()).with(entry.getValue(), value);
      }
    }
    return Outcome.success(
        renamed.equals(part) ? message : settings.renameIn().with(message, renamed));
  }
}
