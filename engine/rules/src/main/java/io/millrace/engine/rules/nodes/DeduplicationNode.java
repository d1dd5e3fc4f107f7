package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.ArrayList;
import java.util.List;

/// Sends on one message for all that an originator sent within an interval: the first, the last, or
/// all of them as a list.
///
/// An interval begins with the first message. What it collects is this node's state of the
/// originator, so a restart loses nothing.
final class DeduplicationNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.transformation("deduplication", Settings.class, DeduplicationNode::new)
          .summary(
              "One message per originator and interval: the first, the last, or a list of all.")
          .alias("org.thingsboard.rule.engine.deduplication.TbMsgDeduplicationNode")
          .version(1, (_, given) -> given);

  /// Which messages of an interval go on.
  enum Strategy {
    FIRST,
    LAST,
    ALL
  }

  record Settings(
      @Doc("Length of the interval, in seconds.") @Default("60") long interval,
      @Doc("FIRST, LAST or ALL.") @Default("FIRST") Strategy strategy,
      @Doc("Message type of the list, for ALL.") @Default("POST_TELEMETRY_REQUEST")
          String outMsgType,
      @Doc("Messages of one interval at most; more fail.") @Default("100") int maxPendingMsgs,
      @Doc("Kept for ThingsBoard; what goes on is not lost here.") @Default("3") int maxRetries) {}

  private final Settings settings;
  private final NodeSetup setup;

  DeduplicationNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.interval() < 1 || settings.maxPendingMsgs() < 1) {
      throw new IllegalArgumentException(
          "interval=%d and maxPendingMsgs=%d must both be at least 1."
              .formatted(settings.interval(), settings.maxPendingMsgs()));
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var collected = collected(message, context);
    if (collected.size() >= settings.maxPendingMsgs()) {
      return Outcome.failed(
          message,
          "%d messages of this originator wait already (maxPendingMsgs)."
              .formatted(settings.maxPendingMsgs()));
    }
    if (collected.isEmpty()) {
      context.wakeLater(message, context.now() + 1000 * settings.interval());
    }
    var next = new ArrayList<>(collected);
    next.add(kept(message));
    remember(message, new JsonArray(next), context);
    return Outcome.DONE;
  }

  @Override
  public Outcome onTimer(RuleMessage first, NodeContext context) {
    var collected = collected(first, context);
    remember(first, JsonArray.of(), context);
    if (collected.isEmpty()) {
      return Outcome.DONE;
    }
    return Outcome.success(
        switch (settings.strategy()) {
          case FIRST -> message(first, chosen(collected, true), context);
          case LAST -> message(first, chosen(collected, false), context);
          case ALL -> list(first, collected, context);
        });
  }

  /// The one with the earliest or the latest time; of several, the one that came first.
  private static JsonObject chosen(List<JsonValue> collected, boolean earliest) {
    var best = (JsonObject) collected.getFirst();
    for (var each : collected) {
      var one = (JsonObject) each;
      if (earliest ? ts(one) < ts(best) : ts(one) > ts(best)) {
        best = one;
      }
    }
    return best;
  }

  private static RuleMessage message(RuleMessage first, JsonObject kept, NodeContext context) {
    return new RuleMessage(
        context.newId(),
        ts(kept),
        kept.text("type", first.type()),
        first.originator(),
        part(kept, "metadata") instanceof JsonObject metadata ? metadata : JsonObject.EMPTY,
        part(kept, "msg"));
  }

  private RuleMessage list(RuleMessage first, List<JsonValue> collected, NodeContext context) {
    var all = new ArrayList<JsonValue>();
    for (var each : collected) {
      var one = (JsonObject) each;
      all.add(
          JsonObject.builder()
              .put("msg", part(one, "msg"))
              .put("metadata", part(one, "metadata"))
              .build());
    }
    return new RuleMessage(
        context.newId(),
        context.now(),
        settings.outMsgType(),
        first.originator(),
        JsonObject.EMPTY,
        new JsonArray(all));
  }

  private static JsonObject kept(RuleMessage message) {
    return JsonObject.builder()
        .put("ts", MessageTime.of(message))
        .put("type", message.type())
        .put("metadata", message.metadata())
        .put("msg", message.body())
        .build();
  }

  private static long ts(JsonObject kept) {
    return kept.get("ts") instanceof JsonLong(long ts) ? ts : 0;
  }

  private static JsonValue part(JsonObject kept, String name) {
    var part = kept.get(name);
    return part == null ? JsonObject.EMPTY : part;
  }

  private List<JsonValue> collected(RuleMessage message, NodeContext context) {
    return setup
        .states()
        .find(message.originator(), context.nodeId())
        .map(state -> state instanceof JsonArray array ? array.values() : List.<JsonValue>of())
        .orElse(List.of());
  }

  private void remember(RuleMessage message, JsonArray collected, NodeContext context) {
    setup.states().save(context.commit(), message.originator(), context.nodeId(), collected);
  }
}
