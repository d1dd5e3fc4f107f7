package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds attributes or latest values of the originator's customer or tenant to the message.
final class EntityDataNode implements RuleNode {
  static final NodeType<Settings> CUSTOMER =
      NodeType.enrichment(
              "customer attributes",
              Settings.class,
              (settings, setup) ->
                  new EntityDataNode(
                      settings,
                      setup,
                      (message, _) ->
                          Relatives.requireCustomer(setup.entities(), message.originator())))
          .summary("Adds attributes or latest values of the originator's customer.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetCustomerAttributeNode")
          .version(1, (_, given) -> upgrade(given));

  static final NodeType<Settings> TENANT =
      NodeType.enrichment(
              "tenant attributes",
              Settings.class,
              (settings, setup) ->
                  new EntityDataNode(settings, setup, (_, context) -> context.tenantId()))
          .summary("Adds attributes or latest values of the tenant.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetTenantAttributeNode")
          .version(1, (_, given) -> upgrade(given));

  enum Data {
    ATTRIBUTES,
    LATEST_TELEMETRY
  }

  record Settings(
      @Doc("Server attributes or latest values.") @Default("ATTRIBUTES") Data dataToFetch,
      @Doc("Names in the message by keys of the entity; both may hold patterns.")
          Map<String, String> dataMapping,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  /// Finds the entity.
  private interface Finder {
    EntityId find(RuleMessage message, NodeContext context);
  }

  private final Settings settings;
  private final NodeSetup setup;
  private final Finder finder;

  private EntityDataNode(Settings settings, NodeSetup setup, Finder finder) {
    this.settings = settings;
    this.setup = setup;
    this.finder = finder;
    if (settings.dataMapping().isEmpty()) {
      throw new IllegalArgumentException("dataMapping is empty. Name at least one key.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var entity = finder.find(message, context);
    var names = new LinkedHashMap<String, String>();
    settings
        .dataMapping()
        .forEach((key, name) -> names.put(fill(key, message), fill(name, message)));
    var keys = List.copyOf(names.keySet());
    var reader = new AttributesReader(setup, entity, message, context);
    var found = JsonObject.builder();
    if (settings.dataToFetch() == Data.ATTRIBUTES) {
      reader
          .attributes(AttributeScope.SERVER_SCOPE, keys)
          .forEach(each -> found.put(names.getOrDefault(each.key(), each.key()), each.value()));
    } else {
      reader
          .latest(keys)
          .forEach(each -> found.put(names.getOrDefault(each.key(), each.key()), each.value()));
    }
    return Outcome.success(settings.fetchTo().add(message, found.build()));
  }

  private static String fill(String pattern, RuleMessage message) {
    return Template.of(pattern).fill(message);
  }

  /// ThingsBoard: version 0 said `telemetry` and `attrMapping`, and always added to the metadata.
  private static JsonObject upgrade(JsonObject given) {
    var mapping = given.get("attrMapping");
    var telemetry = given.get("telemetry");
    var current = mapping == null ? given : given.with("dataMapping", mapping);
    boolean isLatest = telemetry != null && telemetry.asText().equals("true");
    return telemetry == null
        ? current
        : current.with(
            "dataToFetch",
            new JsonString((isLatest ? Data.LATEST_TELEMETRY : Data.ATTRIBUTES).name()));
  }
}
