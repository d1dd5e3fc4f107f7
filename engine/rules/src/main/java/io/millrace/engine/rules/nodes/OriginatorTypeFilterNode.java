package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;
import java.util.Set;

/// Passes messages whose originator is of one of the listed types.
final class OriginatorTypeFilterNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.filter("entity type filter", Settings.class, OriginatorTypeFilterNode::new)
          .summary("True when the originator's type is one of the listed.")
          .alias("org.thingsboard.rule.engine.filter.TbOriginatorTypeFilterNode");

  record Settings(
      @Doc("Entity types that pass, as in DEVICE.") @Default("DEVICE")
          List<String> originatorTypes) {}

  private final Set<String> types;

  OriginatorTypeFilterNode(Settings settings) {
    types = Set.copyOf(settings.originatorTypes());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.decided(types.contains(message.originator().type().name()), message);
  }
}
