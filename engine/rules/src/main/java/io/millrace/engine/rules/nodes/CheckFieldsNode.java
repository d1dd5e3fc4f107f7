package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;
import java.util.stream.Stream;

/// Routes a message by whether the named fields are present.
final class CheckFieldsNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.filter("check fields presence", Settings.class, CheckFieldsNode::new)
          .summary("True when the message carries the named fields, otherwise False.")
          .alias("org.thingsboard.rule.engine.filter.TbCheckMessageNode");

  record Settings(
      @Doc("Fields to look for in the body.") List<String> messageNames,
      @Doc("Fields to look for in the metadata.") List<String> metadataNames,
      @Doc("Require all of them; otherwise one is enough.") @Default("true")
          boolean checkAllKeys) {}

  private final Settings settings;

  CheckFieldsNode(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var body = KeySource.DATA.of(message);
    var present =
        Stream.concat(
            settings.messageNames().stream().map(body::has),
            settings.metadataNames().stream().map(message.metadata()::has));
    boolean passes =
        settings.checkAllKeys() ? present.allMatch(is -> is) : present.anyMatch(is -> is);
    return Outcome.decided(passes, message);
  }
}
