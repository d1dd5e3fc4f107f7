package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.ValueChange;
import java.util.ArrayList;

/// Tells calculated fields of the message's values without saving them.
final class CalculatedFieldsNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.action("calculated fields", NoSettings.class, (_, _) -> new CalculatedFieldsNode())
          .summary("Computes the originator's calculated fields from values that are not saved.")
          .alias("org.thingsboard.rule.engine.telemetry.TbCalculatedFieldsNode");

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return switch (MessageType.of(message.type())) {
      case POST_TELEMETRY_REQUEST -> telemetry(message, context);
      case POST_ATTRIBUTES_REQUEST -> attributes(message, context);
      case null, default ->
          Outcome.failed(
              message,
              "The message type is %s; calculated fields take POST_TELEMETRY_REQUEST and POST_ATTRIBUTES_REQUEST. Change the type in a script transformation, or connect another label."
                  .formatted(message.type()));
    };
  }

  private static Outcome telemetry(RuleMessage message, NodeContext context) {
    var points = SaveTimeseriesNode.points(message.body(), MessageTime.of(message));
    if (!points.isEmpty()) {
      context.told(message, new ValueChange.Telemetry(message.originator(), points, false));
    }
    return Outcome.success(message);
  }

  private static Outcome attributes(RuleMessage message, NodeContext context) {
    if (!(message.body() instanceof JsonObject body)) {
      return Outcome.failed(
          message, "%s is not an object of attributes.".formatted(message.body()));
    }
    var scope = Scopes.of(message, AttributeScope.SERVER_SCOPE);
    var given = new ArrayList<Attribute>();
    KeyValues.each(body, (key, value) -> given.add(new Attribute(key, value, context.now())));
    context.told(message, new ValueChange.Attributes(message.originator(), scope, given, false));
    return Outcome.success(message);
  }
}
