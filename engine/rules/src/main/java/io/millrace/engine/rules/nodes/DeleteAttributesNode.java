package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.util.List;

/// Removes attributes of the originator.
final class DeleteAttributesNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("delete attributes", Settings.class, DeleteAttributesNode::new)
          .summary("Removes attributes of the originator.")
          .alias("org.thingsboard.rule.engine.telemetry.TbMsgDeleteAttributesNode");

  record Settings(
      @Doc("Whose attributes, unless the metadata's scope says.") @Default("SERVER_SCOPE")
          AttributeScope scope,
      @Doc("Keys to remove; may hold patterns.") List<String> keys,
      @Doc("Send an ATTRIBUTES_DELETED message to the root chain.")
          boolean sendAttributesDeletedNotification,
      @Doc("Tell the device of shared attributes.") boolean notifyDevice) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final List<Template> keys;

  DeleteAttributesNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.keys = settings.keys().stream().map(Template::of).toList();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var named =
        keys.stream()
            .map(key -> key.fill(message))
            .filter(key -> !key.isBlank())
            .distinct()
            .toList();
    if (!named.isEmpty()) {
      var scope = Scopes.of(message, settings.scope());
      setup.attributes().delete(context.commit(), message.originator(), scope, named);
      if (settings.sendAttributesDeletedNotification()) {
        context.enqueue(deleted(message, scope, named, context));
      }
    }
    return Outcome.success(message);
  }

  private static RuleMessage deleted(
      RuleMessage message, AttributeScope scope, List<String> keys, NodeContext context) {
    var names = new JsonArray(keys.stream().<JsonValue>map(JsonString::new).toList());
    return new RuleMessage(
        context.newId(),
        context.now(),
        MessageType.ATTRIBUTES_DELETED.name(),
        message.originator(),
        JsonObject.builder()
            .put("ruleNodeId", context.nodeId().toString())
            .put("scope", scope.name())
            .build(),
        JsonObject.of("attributes", names));
  }
}
