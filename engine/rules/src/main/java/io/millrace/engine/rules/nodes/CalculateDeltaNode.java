package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Adds the difference between a value and the one before it.
///
/// The former value is this node's own memory of the originator, so that two messages of one batch
/// follow each other; the first time it is the latest stored value.
final class CalculateDeltaNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("calculate delta", Settings.class, CalculateDeltaNode::new)
          .summary("Adds the difference to the previous reading; Other when there is no reading.")
          .connections(Outcome.SUCCESS, MessageType.OTHER)
          .alias("org.thingsboard.rule.engine.metadata.CalculateDeltaNode")
          .version(1, (_, given) -> given);

  record Settings(
      @Doc("Key of the reading.") @Default("pulseCounter") String inputValueKey,
      @Doc("Key of the difference.") @Default("delta") String outputValueKey,
      @Doc("Kept for ThingsBoard; the former value is always remembered.") @Default("true")
          boolean useCache,
      @Doc("Add the time between the two readings, too.") boolean addPeriodBetweenMsgs,
      @Doc("Key of that time, in milliseconds.") @Default("periodInMs") String periodValueKey,
      @Doc("Digits after the point; empty for all.") String round,
      @Doc("Fail when the difference is negative.") @Default("true")
          boolean tellFailureIfDeltaIsNegative,
      @Doc("Add nothing when the difference is 0.") boolean excludeZeroDeltas) {}

  private final Settings settings;
  private final NodeSetup setup;

  CalculateDeltaNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.inputValueKey().isBlank() || settings.outputValueKey().isBlank()) {
      throw new IllegalArgumentException("inputValueKey and outputValueKey must both be given.");
    }
  }

  /// A value and its time, as this node remembers it.
  private record Reading(long ts, double value) {}

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!MessageType.POST_TELEMETRY_REQUEST.is(message)
        || !(message.body() instanceof JsonObject body)
        || !body.has(settings.inputValueKey())) {
      return Outcome.next(MessageType.OTHER, message);
    }
    var value = body.get(settings.inputValueKey());
    var now = new Reading(MessageTime.of(message), number(value));
    var before = before(message, context);
    remember(message, now, context);
    var delta =
        BigDecimal.valueOf(now.value()).subtract(BigDecimal.valueOf(before.orElse(now).value()));
    if (settings.tellFailureIfDeltaIsNegative() && delta.signum() < 0) {
      return Outcome.failed(message, "The difference %s is negative.".formatted(delta));
    }
    return settings.excludeZeroDeltas() && delta.signum() == 0
        ? Outcome.success(message)
        : Outcome.success(message.withBody(with(body, delta, now, before.orElse(now))));
  }

  private JsonObject with(JsonObject body, BigDecimal delta, Reading now, Reading before) {
    var rounded =
        settings.round().isBlank()
            ? delta
            : delta.setScale(Integer.parseInt(settings.round()), RoundingMode.HALF_UP);
    var added = body.toBuilder().put(settings.outputValueKey(), Json.number(rounded.doubleValue()));
    if (settings.addPeriodBetweenMsgs()) {
      added.put(settings.periodValueKey(), now.ts() - before.ts());
    }
    return added.build();
  }

  private Optional<Reading> before(RuleMessage message, NodeContext context) {
    var remembered = setup.states().find(message.originator(), context.nodeId());
    if (remembered.isPresent() && remembered.get() instanceof JsonArray pair) {
      return Optional.of(new Reading((long) number(pair.get(0)), number(pair.get(1))));
    }
    return setup
        .timeseries()
        .latest(message.originator(), List.of(settings.inputValueKey()))
        .stream()
        .findFirst()
        .map(point -> new Reading(point.ts(), number(point.value())));
  }

  private void remember(RuleMessage message, Reading now, NodeContext context) {
    var pair = JsonArray.of(new JsonLong(now.ts()), Json.number(now.value()));
    setup.states().save(context.commit(), message.originator(), context.nodeId(), pair);
  }

  private double number(@Nullable JsonValue value) {
    return switch (value) {
      case JsonLong(long whole) -> whole;
      case JsonDouble(double number) -> number;
      case JsonString(var text) -> Double.parseDouble(text);
      case null, default ->
          throw new IllegalArgumentException(
              "%s=%s is not a number.".formatted(settings.inputValueKey(), value));
    };
  }
}
