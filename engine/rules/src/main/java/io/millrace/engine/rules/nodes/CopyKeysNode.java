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

/// Copies members between body and metadata.
final class CopyKeysNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("copy key-value pairs", Settings.class, CopyKeysNode::new)
          .summary("Copies members of the body to the metadata or the other way.")
          .alias("org.thingsboard.rule.engine.transform.TbCopyKeysNode")
          .version(2, (_, given) -> KeySource.upgrade(given, "copyFrom", "fromMetadata"));

  record Settings(
      @Doc("Where the members are copied from; they go to the other part.") @Default("DATA")
          KeySource copyFrom,
      @Doc("Names of the members, as regular expressions.") List<String> keys) {}

  private final KeySource from;
  private final KeySource to;
  private final KeyPatterns keys;

  CopyKeysNode(Settings settings) {
    from = settings.copyFrom();
    to = from == KeySource.DATA ? KeySource.METADATA : KeySource.DATA;
    keys = KeyPatterns.of(settings.keys());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!(message.body() instanceof JsonObject)) {
      return Outcome.success(message); // ThingsBoard: a body that is no object passes as it is
    }
    var copied = JsonObject.builder();
    from.of(message)
        .forEach(
            (name, value) -> {
              if (keys.match(name)) {
                copied.put(name, value);
              }
            });
    return Outcome.success(to.add(message, copied.build()));
  }
}
