package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.scripts.CompiledScript;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Lets a script change body, metadata and type.
final class ScriptTransformNode implements RuleNode {
  static final NodeType<ScriptSettings> TYPE =
      NodeType.transformation(
              "script transformation", ScriptSettings.class, ScriptTransformNode::new)
          .summary("The script returns {msg, metadata, msgType}, or a list of such for several.")
          .alias("org.thingsboard.rule.engine.transform.TbTransformMsgNode");

  private final CompiledScript script;

  ScriptTransformNode(ScriptSettings settings, NodeSetup setup) {
    script = settings.compile(setup);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var result = script.run(message.body(), message.metadata(), message.type());
    return switch (result) {
      case JsonObject one -> Outcome.success(changed(message, one));
      case JsonArray several
          when several.size() > 0
              && several.values().stream().allMatch(JsonObject.class::isInstance) ->
          all(message, several, context);
      default ->
          Outcome.failed(
              message,
              "The script returned %s; it must return {msg: msg, metadata: metadata, msgType: msgType}, or a list of such."
                  .formatted(result));
    };
  }

  private static Outcome all(RuleMessage message, JsonArray several, NodeContext context) {
    var emissions = new ArrayList<Emission>();
    for (var each : several.values()) {
      if (each instanceof JsonObject one) {
        var next = changed(message, one);
        emissions.add(
            new Emission(
                Outcome.SUCCESS, emissions.isEmpty() ? next : next.withId(context.newId())));
      }
    }
    return Outcome.next(emissions);
  }

  /// ThingsBoard: what the result leaves out stays as it was.
  private static RuleMessage changed(RuleMessage message, JsonObject result) {
    var body = result.get("msg");
    var type = result.get("msgType");
    return new RuleMessage(
        message.id(),
        message.ts(),
        type instanceof JsonString(var name) ? name : message.type(),
        message.originator(),
        metadata(message, result.get("metadata")),
        body == null ? message.body() : body);
  }

  private static JsonObject metadata(RuleMessage message, @Nullable JsonValue result) {
    return result instanceof JsonObject changed ? Metadata.texts(changed) : message.metadata();
  }
}
