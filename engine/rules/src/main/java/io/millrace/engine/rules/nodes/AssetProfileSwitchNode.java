package io.millrace.engine.rules.nodes;

import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.store.entities.EntityStore;

/// Routes an asset's message by the name of its profile.
final class AssetProfileSwitchNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.filter(
              "asset profile switch",
              NoSettings.class,
              (_, setup) -> new AssetProfileSwitchNode(setup.entities()))
          .summary("The connection is the name of the asset's profile.")
          .freeConnections()
          .alias("org.thingsboard.rule.engine.filter.TbAssetTypeSwitchNode");

  private final EntityStore entities;

  AssetProfileSwitchNode(EntityStore entities) {
    this.entities = entities;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var originator = message.originator();
    if (originator.type() != EntityType.ASSET) {
      return Outcome.failed(message, "The originator is a %s, not an asset.".formatted(originator));
    }
    return entities
        .assets()
        .find(originator)
        .map(asset -> Outcome.next(asset.type(), message))
        .orElseGet(() -> Outcome.failed(message, "There is no %s any more.".formatted(originator)));
  }
}
