package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;

/// Adds attributes and latest values of a device that is related to the originator: the first that
/// the relations lead to and whose profile is one of the named.
final class RelatedDeviceNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("related device attributes", Settings.class, RelatedDeviceNode::new)
          .summary("Adds cs_, shared_ and ss_ attributes and latest values of a related device.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetDeviceAttrNode")
          .version(1, (_, given) -> FetchTo.upgrade(given, "fetchToData", true));

  record Settings(
      @Doc("Which device.") RelationSettings deviceRelationsQuery,
      @Doc("Keys of client attributes.") List<String> clientAttributeNames,
      @Doc("Keys of shared attributes.") List<String> sharedAttributeNames,
      @Doc("Keys of server attributes.") List<String> serverAttributeNames,
      @Doc("Keys of latest values.") List<String> latestTsKeyNames,
      @Doc("Fail when one of them is missing.") @Default("true") boolean tellFailureIfAbsent,
      @Doc("Add latest values as {ts, value}.") boolean getLatestValueWithTs,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {
    OriginatorAttributesNode.Settings read() {
      return new OriginatorAttributesNode.Settings(
          clientAttributeNames,
          sharedAttributeNames,
          serverAttributeNames,
          latestTsKeyNames,
          tellFailureIfAbsent,
          getLatestValueWithTs,
          fetchTo);
    }
  }

  private final Settings settings;
  private final NodeSetup setup;
  private final OriginatorAttributesNode reader;

  RelatedDeviceNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.reader = new OriginatorAttributesNode(settings.read(), setup);
    if (settings.deviceRelationsQuery().relationType().isBlank()) {
      throw new IllegalArgumentException(
          "deviceRelationsQuery.relationType is empty. Name the type of the relation.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var relations = settings.deviceRelationsQuery().of(message.originator());
    return setup.entities().relations().related(relations).stream()
        .filter(this::isMeant)
        .findFirst()
        .map(device -> reader.enriched(message, device, context))
        .orElseGet(
            () ->
                Outcome.failed(
                    message, "%s has no such related device.".formatted(message.originator())));
  }

  private boolean isMeant(EntityId entity) {
    var types = settings.deviceRelationsQuery().deviceTypes();
    return entity.type() == EntityType.DEVICE
        && (types.isEmpty()
            || setup
                .entities()
                .devices()
                .find(entity)
                .filter(device -> types.contains(device.type()))
                .isPresent());
  }
}
