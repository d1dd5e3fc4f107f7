package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityView;
import java.util.List;
import java.util.Optional;

/// Gives the message another originator; it goes on in that one's partition.
final class ChangeOriginatorNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("change originator", Settings.class, ChangeOriginatorNode::new)
          .summary(
              "The message becomes one of the customer, the tenant, a related or a named entity.")
          .alias("org.thingsboard.rule.engine.transform.TbChangeOriginatorNode");

  enum Source {
    CUSTOMER,
    TENANT,
    RELATED,
    ALARM_ORIGINATOR,
    ENTITY
  }

  record Settings(
      @Doc("Who the new originator is.") @Default("CUSTOMER") Source originatorSource,
      @Doc("Which entities, for RELATED; the first one found is taken.")
          RelationSettings relationsQuery,
      @Doc("Type of the named entity, for ENTITY.") String entityType,
      @Doc("Name of the entity, for ENTITY; may hold patterns.") String entityNamePattern) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final Template name;

  ChangeOriginatorNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.name = Template.of(settings.entityNamePattern());
    if (settings.originatorSource() == Source.ENTITY) {
      check(settings);
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return found(message, context)
        .map(originator -> Outcome.success(message.withOriginator(originator)))
        .orElseGet(() -> Outcome.failed(message, "No new originator was found."));
  }

  private Optional<EntityId> found(RuleMessage message, NodeContext context) {
    return switch (settings.originatorSource()) {
      case CUSTOMER -> Relatives.customerOf(setup.entities(), message.originator());
      case TENANT -> Optional.of(context.tenantId());
      case ALARM_ORIGINATOR ->
          setup.alarms().find(message.originator().id()).map(Alarm::originator);
      case ENTITY -> named(name.fill(message), context.tenantId());
      case RELATED ->
          setup
              .entities()
              .relations()
              .related(settings.relationsQuery().of(message.originator()))
              .stream()
              .findFirst();
    };
  }

  private Optional<EntityId> named(String wanted, EntityId tenant) {
    var entities = setup.entities();
    return switch (EntityType.valueOf(settings.entityType())) {
      case DEVICE -> entities.devices().findByName(tenant, wanted).map(Device::id);
      case ASSET -> entities.assets().findByName(tenant, wanted).map(Asset::id);
      case ENTITY_VIEW -> entities.entityViews().findByName(tenant, wanted).map(EntityView::id);
      default -> Optional.empty();
    };
  }

  private static void check(Settings settings) {
    if (settings.entityNamePattern().isBlank()) {
      throw new IllegalArgumentException("entityNamePattern is empty. Give the entity's name.");
    }
    if (!List.of("DEVICE", "ASSET", "ENTITY_VIEW").contains(settings.entityType())) {
      throw new NotBuiltException(
          "DEVICE, ASSET and ENTITY_VIEW are found by name here, not \"%s\"."
              .formatted(settings.entityType()));
    }
  }
}
