package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.ArrayList;
import java.util.List;

/// Adds the originator's attributes and latest values to the message.
final class OriginatorAttributesNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("originator attributes", Settings.class, OriginatorAttributesNode::new)
          .summary("Adds cs_, shared_ and ss_ attributes and latest values of the originator.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetAttributesNode")
          .version(1, (_, given) -> FetchTo.upgrade(given, "fetchToData", true));

  record Settings(
      @Doc("Keys of client attributes.") List<String> clientAttributeNames,
      @Doc("Keys of shared attributes.") List<String> sharedAttributeNames,
      @Doc("Keys of server attributes.") List<String> serverAttributeNames,
      @Doc("Keys of latest values.") List<String> latestTsKeyNames,
      @Doc("Fail when one of them is missing.") @Default("true") boolean tellFailureIfAbsent,
      @Doc("Add latest values as {ts, value}.") boolean getLatestValueWithTs,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  private final Settings settings;
  private final NodeSetup setup;

  OriginatorAttributesNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return enriched(message, message.originator(), context);
  }

  /// The message with what is asked for of that entity.
  Outcome enriched(RuleMessage message, EntityId entity, NodeContext context) {
    var reader = new AttributesReader(setup, entity, message, context);
    var found = JsonObject.builder();
    var missing = new ArrayList<String>();
    add(
        reader,
        AttributeScope.CLIENT_SCOPE,
        "cs_",
        settings.clientAttributeNames(),
        found,
        missing,
        message);
    add(
        reader,
        AttributeScope.SHARED_SCOPE,
        "shared_",
        settings.sharedAttributeNames(),
        found,
        missing,
        message);
    add(
        reader,
        AttributeScope.SERVER_SCOPE,
        "ss_",
        settings.serverAttributeNames(),
        found,
        missing,
        message);
    addLatest(reader, found, missing, message);
    var enriched = settings.fetchTo().add(message, found.build());
    return missing.isEmpty() || !settings.tellFailureIfAbsent()
        ? Outcome.success(enriched)
        : Outcome.failed(enriched, "%s has no %s.".formatted(entity, String.join(", ", missing)));
  }

  private static void add(
      AttributesReader reader,
      AttributeScope scope,
      String prefix,
      List<String> patterns,
      JsonObject.Builder found,
      List<String> missing,
      RuleMessage message) {
    var keys = filled(patterns, message);
    var absent = new ArrayList<>(keys);
    for (var attribute : reader.attributes(scope, keys)) {
      found.put(prefix + attribute.key(), attribute.value());
      absent.remove(attribute.key());
    }
    absent.forEach(key -> missing.add(scope + " attribute " + key));
  }

  private void addLatest(
      AttributesReader reader,
      JsonObject.Builder found,
      List<String> missing,
      RuleMessage message) {
    var keys = filled(settings.latestTsKeyNames(), message);
    var absent = new ArrayList<>(keys);
    for (var point : reader.latest(keys)) {
      found.put(point.key(), settings.getLatestValueWithTs() ? timed(point) : point.value());
      absent.remove(point.key());
    }
    absent.forEach(key -> missing.add("latest value " + key));
  }

  private static JsonValue timed(Point point) {
    return JsonObject.builder().put("ts", point.ts()).put("value", point.value()).build();
  }

  private static List<String> filled(List<String> patterns, RuleMessage message) {
    return patterns.stream().map(pattern -> Template.of(pattern).fill(message)).toList();
  }
}
