package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptLanguage;
import java.util.List;
import java.util.Optional;

/// Makes a message by a script once per interval.
///
/// What the script made last travels with the timer, so a restart of Millrace begins anew, as a
/// change of the chain does.
final class GeneratorNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("generator", Settings.class, GeneratorNode::new)
          .summary("Makes a message by a script, once per interval.")
          .alias("org.thingsboard.rule.engine.debug.TbMsgGeneratorNode")
          .version(2, (_, given) -> given);

  private static final List<String> PARAMETERS = List.of("prevMsg", "prevMetadata", "prevMsgType");

  record Settings(
      @Doc("Messages to make; 0 for no end.") @Default("0") long msgCount,
      @Doc("Length of the interval, in seconds.") @Default("1") long periodInSeconds,
      @Doc("Id of the messages' originator; empty for the tenant.") String originatorId,
      @Doc("Type of the messages' originator.") String originatorType,
      @Doc("Which of the two scripts runs.") @Default("JS") ScriptLanguage scriptLang,
      @Doc("Body of a JavaScript function of prevMsg, prevMetadata and prevMsgType.")
          String jsScript,
      @Doc("Body of a TBEL function of the same.") String tbelScript) {}

  private final Settings settings;
  private final SelfStart start;
  private final CompiledScript script;
  private final Optional<EntityId> originator;

  GeneratorNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.start = new SelfStart(setup.states());
    this.script =
        setup.script(settings.scriptLang(), settings.jsScript(), settings.tbelScript(), PARAMETERS);
    this.originator = originator(settings);
    if (settings.periodInSeconds() < 1 || settings.msgCount() < 0) {
      throw new IllegalArgumentException(
          "periodInSeconds=%d must be at least 1, and msgCount=%d not negative."
              .formatted(settings.periodInSeconds(), settings.msgCount()));
    }
  }

  @Override
  public boolean startsItself() {
    return true;
  }

  /// ThingsBoard: a generator takes no messages.
  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.DONE;
  }

  @Override
  public Outcome onTimer(RuleMessage timer, NodeContext context) {
    if (timer.type().equals(RuleEngine.NODE_STARTED)) {
      again(start.begin(timer, context), 0, context.now(), JsonObject.EMPTY, context);
      return Outcome.DONE;
    }
    if (!start.isCurrent(timer, context)) {
      return Outcome.DONE;
    }
    var state = timer.body() instanceof JsonObject body ? body : JsonObject.EMPTY;
    long made = state.get("made") instanceof JsonLong(long count) ? count : 0;
    var previous = object(state, "previous");
    try {
      var result = make(previous);
      again(timer, made + 1, timer.ts(), result, context);
      return Outcome.success(message(result, timer.originator(), context));
    } catch (RuntimeException e) { // a script that fails once may do better next time
      again(timer, made + 1, timer.ts(), previous, context);
      throw e;
    }
  }

  private JsonObject make(JsonObject previous) {
    var msg = previous.get("msg");
    var result =
        script.run(
            msg == null ? JsonObject.EMPTY : msg,
            object(previous, "metadata"),
            previous.text("msgType", ""));
    if (!(result instanceof JsonObject made) || !made.has("msg")) {
      throw new IllegalArgumentException(
          "The script returned %s; it must return {msg: msg, metadata: metadata, msgType: msgType}."
              .formatted(result));
    }
    return made;
  }

  private void again(
      RuleMessage timer, long made, long from, JsonObject previous, NodeContext context) {
    if (settings.msgCount() > 0 && made >= settings.msgCount()) {
      return;
    }
    long at = Math.max(from + 1000 * settings.periodInSeconds(), context.now());
    var state = JsonObject.builder().put("made", made).put("previous", previous).build();
    context.wakeLater(timer.withTs(at).withBody(state), at);
  }

  private RuleMessage message(JsonObject made, EntityId tenant, NodeContext context) {
    var type = made.get("msgType");
    var body = made.get("msg");
    return new RuleMessage(
        context.newId(),
        context.now(),
        type instanceof JsonString(var name) ? name : "POST_TELEMETRY_REQUEST",
        originator.orElse(tenant),
        Metadata.texts(object(made, "metadata")),
        body == null ? JsonObject.EMPTY : body);
  }

  private static JsonObject object(JsonObject of, String name) {
    JsonValue value = of.get(name);
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  /// ThingsBoard: CURRENT_TENANT, and the node itself, have no id here; they mean the tenant.
  private static Optional<EntityId> originator(Settings settings) {
    if (settings.originatorId().isBlank()
        || settings.originatorType().equals("RULE_NODE")
        || settings.originatorType().equals("CURRENT_TENANT")) {
      return Optional.empty();
    }
    return Optional.of(
        EntityId.of(EntityType.valueOf(settings.originatorType()), settings.originatorId()));
  }
}
