package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds attributes, latest values or fields of related entities: one message for each of them.
final class RelatedDataNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("related entity data", Settings.class, RelatedDataNode::new)
          .summary("Adds attributes, latest values or fields of related entities.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetRelatedAttributeNode")
          .version(1, (_, given) -> upgrade(given));

  enum Data {
    ATTRIBUTES,
    LATEST_TELEMETRY,
    FIELDS
  }

  record Settings(
      @Doc("Which entities.") RelationSettings relationsQuery,
      @Doc("What to read of them.") @Default("ATTRIBUTES") Data dataToFetch,
      @Doc("Names in the message by keys of the entity; both may hold patterns.")
          Map<String, String> dataMapping,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  private final Settings settings;
  private final NodeSetup setup;

  RelatedDataNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.dataMapping().isEmpty()) {
      throw new IllegalArgumentException("dataMapping is empty. Name at least one key.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var related =
        setup.entities().relations().related(settings.relationsQuery().of(message.originator()));
    if (related.isEmpty()) {
      return Outcome.failed(
          message, "%s has no such related entity.".formatted(message.originator()));
    }
    var emissions = new ArrayList<Emission>();
    for (var entity : related) {
      var added = settings.fetchTo().add(message, found(entity, message, context));
      emissions.add(
          new Emission(
              Outcome.SUCCESS, emissions.isEmpty() ? added : added.withId(context.newId())));
    }
    return Outcome.next(emissions);
  }

  private JsonObject found(EntityId entity, RuleMessage message, NodeContext context) {
    var names = new LinkedHashMap<String, String>();
    settings
        .dataMapping()
        .forEach(
            (key, name) ->
                names.put(Template.of(key).fill(message), Template.of(name).fill(message)));
    var keys = List.copyOf(names.keySet());
    var reader = new AttributesReader(setup, entity, message, context);
    var found = JsonObject.builder();
    switch (settings.dataToFetch()) {
      case ATTRIBUTES ->
          reader
              .attributes(AttributeScope.SERVER_SCOPE, keys)
              .forEach(each -> found.put(names.getOrDefault(each.key(), each.key()), each.value()));
      case LATEST_TELEMETRY ->
          reader
              .latest(keys)
              .forEach(each -> found.put(names.getOrDefault(each.key(), each.key()), each.value()));
      case FIELDS -> fields(entity, names, found);
    }
    return found.build();
  }

  private void fields(EntityId entity, Map<String, String> names, JsonObject.Builder found) {
    var fields = EntityFields.of(setup.entities(), entity).orElse(JsonObject.EMPTY);
    names.forEach(
        (field, name) -> {
          JsonValue value = fields.get(field);
          if (value != null) {
            found.put(name, value);
          }
        });
  }

  /// ThingsBoard: version 0 said `telemetry` and `attrMapping`.
  private static JsonObject upgrade(JsonObject given) {
    var mapping = given.get("attrMapping");
    var telemetry = given.get("telemetry");
    var current = mapping == null ? given : given.with("dataMapping", mapping);
    if (telemetry == null) {
      return current;
    }
    var data = telemetry.asText().equals("true") ? Data.LATEST_TELEMETRY : Data.ATTRIBUTES;
    return current.with("dataToFetch", new JsonString(data.name()));
  }
}
