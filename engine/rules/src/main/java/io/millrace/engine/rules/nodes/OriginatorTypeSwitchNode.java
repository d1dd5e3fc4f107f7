package io.millrace.engine.rules.nodes;

import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.Arrays;
import java.util.Locale;

/// Routes a message by its originator's type.
final class OriginatorTypeSwitchNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.filter("entity type switch", NoSettings.class, _ -> new OriginatorTypeSwitchNode())
          .summary("One connection per entity type.")
          .connections(
              Arrays.stream(EntityType.values())
                  .map(OriginatorTypeSwitchNode::label)
                  .toArray(String[]::new))
          .alias("org.thingsboard.rule.engine.filter.TbOriginatorTypeSwitchNode");

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.next(label(message.originator().type()), message);
  }

  /// ThingsBoard's name of the type: `Device`, `Rule chain`, and once two capitals: `Entity View`.
  private static String label(EntityType type) {
    if (type == EntityType.ENTITY_VIEW) {
      return "Entity View";
    }
    var words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
