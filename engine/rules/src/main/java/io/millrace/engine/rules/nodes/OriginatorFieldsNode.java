package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds fields of the originator, as its name and label, to the message.
final class OriginatorFieldsNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("originator fields", Settings.class, OriginatorFieldsNode::new)
          .summary("Adds fields of the originator: name, type, label, additionalInfo and others.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetOriginatorFieldsNode")
          .version(1, (_, given) -> upgrade(given));

  record Settings(
      @Doc("Names in the message by fields of the entity.") Map<String, String> dataMapping,
      @Doc("Leave out fields that are empty.") boolean ignoreNullStrings,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  private final Settings settings;
  private final NodeSetup setup;

  OriginatorFieldsNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.dataMapping().isEmpty()) {
      throw new IllegalArgumentException("dataMapping is empty. Name at least one field.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var fields = EntityFields.of(setup.entities(), message.originator());
    if (fields.isEmpty()) {
      return Outcome.failed(message, "There is no %s.".formatted(message.originator()));
    }
    var found = JsonObject.builder();
    settings
        .dataMapping()
        .forEach(
            (field, name) -> {
              var value = find(fields.get(), field);
              if (value != null && !(settings.ignoreNullStrings() && value.isEmpty())) {
                found.put(Template.of(name).fill(message), value);
              }
            });
    return Outcome.success(settings.fetchTo().add(message, found.build()));
  }

  private static @Nullable String find(JsonObject fields, String path) {
    JsonValue found = fields;
    for (var name : path.split("\\.")) {
      found = found instanceof JsonObject object ? object.get(name) : null;
    }
    return found == null ? null : found.asText();
  }

  private static JsonObject upgrade(JsonObject given) {
    var mapping = given.get("fieldsMapping");
    return mapping == null ? given : given.with("dataMapping", mapping);
  }
}
