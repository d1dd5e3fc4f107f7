package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.ValueChange;
import io.millrace.store.attributes.AttributeStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Saves the body's values as attributes of the originator.
final class SaveAttributesNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("save attributes", Settings.class, SaveAttributesNode::new)
          .summary("Saves the message's values as attributes of its originator.")
          .alias("org.thingsboard.rule.engine.telemetry.TbMsgAttributesNode")
          .version(3, SaveAttributesNode::upgrade);

  record Settings(
      @Doc("Whose attributes they are, unless the metadata's scope says.") @Default("SERVER_SCOPE")
          AttributeScope scope,
      @Doc("Tell the device of shared attributes even when the metadata says not to.")
          boolean notifyDevice,
      @Doc("Send an ATTRIBUTES_UPDATED message to the root chain (not for the client scope).")
          boolean sendAttributesUpdatedNotification,
      @Doc("Save only values that differ from the stored ones.")
          boolean updateAttributesOnlyOnValueChange,
      @Doc("Which messages are saved.") ProcessingSettings processingSettings) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final AttributeStore attributes;

  SaveAttributesNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.attributes = setup.attributes();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!MessageType.POST_ATTRIBUTES_REQUEST.is(message)) {
      return Outcome.failed(message, wrongType(message));
    }
    if (!(message.body() instanceof JsonObject body)) {
      return Outcome.failed(
          message, "%s is not an object of attributes.".formatted(message.body()));
    }
    if (settings
        .processingSettings()
        .takes(message, MessageTime.of(message), setup.states(), context)) {
      save(message, body, context);
    }
    return Outcome.success(message);
  }

  private void save(RuleMessage message, JsonObject body, NodeContext context) {
    var given = new ArrayList<Attribute>();
    KeyValues.each(body, (key, value) -> given.add(new Attribute(key, value, context.now())));
    var scope = Scopes.of(message, settings.scope());
    var saved =
        settings.updateAttributesOnlyOnValueChange()
            ? changed(message, scope, given, context)
            : given;
    if (saved.isEmpty()) {
      return;
    }
    var processing = settings.processingSettings();
    if (processing.isSaving()) {
      attributes.save(context.commit(), message.originator(), scope, saved);
    }
    if (processing.isTold(message, MessageTime.of(message), setup.states(), context)) {
      context.told(
          message,
          new ValueChange.Attributes(message.originator(), scope, saved, processing.isSaving()));
    }
    if (settings.sendAttributesUpdatedNotification() && scope != AttributeScope.CLIENT_SCOPE) {
      context.enqueue(updated(message, scope, saved, context));
    }
  }

  private List<Attribute> changed(
      RuleMessage message, AttributeScope scope, List<Attribute> given, NodeContext context) {
    var stored = new HashMap<String, JsonValue>();
    var keys = given.stream().map(Attribute::key).toList();
    attributes
        .read(context.commit(), message.originator(), scope, keys)
        .forEach(attribute -> stored.put(attribute.key(), attribute.value()));
    return given.stream()
        .filter(attribute -> !attribute.value().equals(stored.get(attribute.key())))
        .toList();
  }

  private static RuleMessage updated(
      RuleMessage message, AttributeScope scope, List<Attribute> saved, NodeContext context) {
    var body = JsonObject.builder();
    saved.forEach(attribute -> body.put(attribute.key(), attribute.value()));
    return new RuleMessage(
        context.newId(),
        context.now(),
        MessageType.ATTRIBUTES_UPDATED.name(),
        message.originator(),
        JsonObject.builder()
            .put("ruleNodeId", context.nodeId().toString())
            .put("scope", scope.name())
            .build(),
        body.build());
  }

  private static String wrongType(RuleMessage message) {
    return "The message type is %s; only POST_ATTRIBUTES_REQUEST is saved as attributes. Change the type in a script transformation, or connect another label."
        .formatted(message.type());
  }

  /// ThingsBoard: what versions 0 and 1 meant by leaving a member out.
  private static JsonObject upgrade(int from, JsonObject configuration) {
    var current = configuration;
    if (from < 1 && !current.has("updateAttributesOnlyOnValueChange")) {
      current = current.with("updateAttributesOnlyOnValueChange", JsonBoolean.FALSE);
    }
    if (from < 2) {
      current = withDefault(current, "notifyDevice", true);
      current = withDefault(current, "updateAttributesOnlyOnValueChange", true);
    }
    return current;
  }

  private static JsonObject withDefault(JsonObject configuration, String name, boolean value) {
    return configuration.has(name)
        ? configuration
        : configuration.with(name, JsonBoolean.of(value));
  }
}
