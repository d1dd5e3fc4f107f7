package io.millrace.engine.rules.nodes;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.RuleMessage;
import java.util.List;

/// Attributes and latest values of one entity, as the enrichment nodes add them to a message.
final class AttributesReader {
  private final NodeSetup setup;
  private final EntityId entity;
  private final RuleMessage message;
  private final NodeContext context;

  AttributesReader(NodeSetup setup, EntityId entity, RuleMessage message, NodeContext context) {
    this.setup = setup;
    this.entity = entity;
    this.message = message;
    this.context = context;
  }

  /// The originator's own with what this batch is about to change; others' as committed, because
  /// another partition writes them.
  List<Attribute> attributes(AttributeScope scope, List<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return entity.equals(message.originator())
        ? setup.attributes().read(context.commit(), entity, scope, keys)
        : setup.attributes().read(entity, scope, keys);
  }

  List<Point> latest(List<String> keys) {
    return keys.isEmpty() ? List.of() : setup.timeseries().latest(entity, keys);
  }
}
