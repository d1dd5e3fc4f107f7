package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.engine.rules.nodes.EntityWrite.Change;
import io.millrace.engine.rules.nodes.RelationSettings.Direction;

/// Relates the originator to a named entity, or ends that.
final class RelationNode implements RuleNode {
  static final NodeType<Settings> CREATE =
      NodeType.action(
              "create relation",
              Settings.class,
              (given, _) -> new RelationNode(given, Change.SAVE_RELATION))
          .summary("Relates the originator to an entity, found by name or made.")
          .alias("org.thingsboard.rule.engine.action.TbCreateRelationNode")
          .version(1, (_, given) -> CheckRelationNode.swapped(given));

  static final NodeType<Settings> DELETE =
      NodeType.action(
              "delete relation",
              Settings.class,
              (given, _) -> new RelationNode(given, Change.DELETE_RELATION))
          .summary("Ends relations of the originator.")
          .alias("org.thingsboard.rule.engine.action.TbDeleteRelationNode")
          .version(1, (_, given) -> CheckRelationNode.swapped(given));

  record Settings(
      @Doc("FROM: the relation begins at the originator.") @Default("FROM") Direction direction,
      @Doc("Type of the entity at the other end.") String entityType,
      @Doc("Its name; may hold patterns.") String entityNamePattern,
      @Doc("Its profile when it is made; may hold patterns.") String entityTypePattern,
      @Doc("Type of the relation; may hold patterns.") @Default("Contains") String relationType,
      @Doc("Make the entity when there is none of that name.") boolean createEntityIfNotExists,
      @Doc("End the originator's other relations of that type first.")
          boolean removeCurrentRelations,
      @Doc("The message goes on as one of that entity.") boolean changeOriginatorToRelatedEntity,
      @Doc("For delete: one entity only; otherwise all of that type.") @Default("true")
          boolean deleteForSingleEntity) {}

  private final Settings settings;
  private final Change change;
  private final Template name;
  private final Template profile;
  private final Template relationType;

  private RelationNode(Settings settings, Change change) {
    this.settings = settings;
    this.change = change;
    this.name = Template.of(settings.entityNamePattern());
    this.profile = Template.of(settings.entityTypePattern());
    this.relationType = Template.of(settings.relationType());
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    boolean isSingle = change == Change.SAVE_RELATION || settings.deleteForSingleEntity();
    var request =
        JsonObject.builder()
            .put("direction", settings.direction().name())
            .put("relationType", relationType.fill(message))
            .put("removeCurrent", settings.removeCurrentRelations());
    if (isSingle) {
      request
          .put("otherType", settings.entityType())
          .put("otherName", name.fill(message))
          .put("otherProfile", profile.fill(message))
          .put("create", settings.createEntityIfNotExists() && change == Change.SAVE_RELATION);
    }
    return new Outcome.Call(
        EntityWrite.call(change, context.tenantId(), message.originator(), request.build()),
        message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = answer.result().text("error", "");
    if (!answer.delivered() || !error.isEmpty()) {
      return Outcome.failed(message, error.isEmpty() ? "The relation was not changed." : error);
    }
    var other = answer.result().text("other", "");
    return Outcome.success(
        settings.changeOriginatorToRelatedEntity() && !other.isEmpty()
            ? message.withOriginator(EntityId.of(EntityType.valueOf(settings.entityType()), other))
            : message);
  }
}
