package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;

/// Passes messages that come from inside a fence.
final class GeofencingFilterNode implements RuleNode {
  static final NodeType<PerimeterSettings> TYPE =
      NodeType.filter("gps geofencing filter", PerimeterSettings.class, GeofencingFilterNode::new)
          .summary("True when the message's coordinates are inside the fence.")
          .alias("org.thingsboard.rule.engine.geo.TbGpsGeofencingFilterNode");

  private final Fence fence;

  GeofencingFilterNode(PerimeterSettings settings) {
    fence = Fence.of(settings);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.decided(fence.contains(message), message);
  }
}
