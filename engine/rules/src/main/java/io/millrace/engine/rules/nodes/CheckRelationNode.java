package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.nodes.RelationSettings.Direction;
import io.millrace.store.entities.RelationGroup;
import io.millrace.store.entities.RelationQuery;
import java.util.EnumSet;
import java.util.List;

/// Asks whether the originator is related to an entity, or to any.
final class CheckRelationNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.filter("check relation presence", Settings.class, CheckRelationNode::new)
          .summary("True when the originator has such a relation.")
          .alias("org.thingsboard.rule.engine.filter.TbCheckRelationNode")
          .version(1, (_, given) -> swapped(given));

  record Settings(
      @Doc("Whether one named entity must be at the other end.") boolean checkForSingleEntity,
      @Doc("FROM: the relation begins at the originator.") @Default("FROM") Direction direction,
      @Doc("Type of the entity at the other end.") String entityType,
      @Doc("Its id.") String entityId,
      @Doc("Type of the relation.") @Default("Contains") String relationType) {}

  private final Settings settings;
  private final NodeSetup setup;

  CheckRelationNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.checkForSingleEntity()) {
      var _ = other(settings);
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.decided(isRelated(message.originator()), message);
  }

  private boolean isRelated(EntityId originator) {
    boolean isFrom = settings.direction() == Direction.FROM;
    if (settings.checkForSingleEntity()) {
      var other = other(settings);
      return setup
          .entities()
          .relations()
          .find(
              isFrom ? originator : other,
              isFrom ? other : originator,
              settings.relationType(),
              RelationGroup.COMMON)
          .isPresent();
    }
    var filter =
        new RelationQuery.Filter(settings.relationType(), EnumSet.noneOf(EntityType.class), false);
    var query =
        new RelationQuery(originator, !isFrom, 1, List.of(filter), false, RelationQuery.FOUND_MAX);
    return !setup.entities().relations().related(query).isEmpty();
  }

  private static EntityId other(Settings settings) {
    return EntityId.of(EntityType.valueOf(settings.entityType()), settings.entityId());
  }

  /// ThingsBoard: version 0 looked from the other end.
  static JsonObject swapped(JsonObject given) {
    return given.get("direction") instanceof JsonString(var direction)
        ? given.with("direction", new JsonString(direction.equals("FROM") ? "TO" : "FROM"))
        : given;
  }
}
