package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.RuleMessage;
import java.util.UUID;

/// Which messages a save node saves: ThingsBoard's processing settings.
record ProcessingSettings(
    @Doc("ON_EVERY_MESSAGE, or DEDUPLICATE: the first of an originator in each interval.")
        @Default("ON_EVERY_MESSAGE")
        Type type,
    @Doc("Length of the interval for DEDUPLICATE, in seconds.") @Default("60")
        long deduplicationIntervalSecs,
    @Doc("For ADVANCED: saving to the history.") Strategy timeseries,
    @Doc("For ADVANCED: saving as latest value.") Strategy latest,
    @Doc("For ADVANCED: saving attributes.") Strategy attributes,
    @Doc("For ADVANCED: telling those who watch.") Strategy webSockets,
    @Doc("For ADVANCED: telling calculated fields.") Strategy calculatedFields) {

  /// One action's own rule.
  record Strategy(
      @Doc("ON_EVERY_MESSAGE, SKIP, or DEDUPLICATE (calculated fields only).")
          @Default("ON_EVERY_MESSAGE")
          Type type,
      @Doc("Length of the interval for DEDUPLICATE, in seconds.") @Default("60")
          long deduplicationIntervalSecs) {
    boolean isEvery() {
      return type == Type.ON_EVERY_MESSAGE;
    }

    boolean isSkip() {
      return type == Type.SKIP;
    }
  }

  enum Type {
    ON_EVERY_MESSAGE,
    DEDUPLICATE,
    WEBSOCKETS_ONLY,
    ADVANCED,
    SKIP
  }

  ProcessingSettings {
    checkInterval(type, deduplicationIntervalSecs);
    checkInterval(calculatedFields.type(), calculatedFields.deduplicationIntervalSecs());
    boolean savesAll = timeseries.isEvery() && latest.isEvery() && attributes.isEvery();
    boolean savesNothing = attributes.isSkip() || (timeseries.isSkip() && latest.isSkip());
    boolean isKnownAdvanced =
        type == Type.ADVANCED && (savesNothing || (savesAll && webSockets.isEvery()));
    if (type != Type.ON_EVERY_MESSAGE && type != Type.DEDUPLICATE && !isKnownAdvanced) {
      throw new NotBuiltException(
          "The processing setting %s is not built here; choose ON_EVERY_MESSAGE or DEDUPLICATE."
              .formatted(type));
    }
  }

  private static void checkInterval(Type type, long seconds) {
    if (type == Type.DEDUPLICATE && seconds < 1) {
      throw new IllegalArgumentException(
          "deduplicationIntervalSecs=%d; it must be at least 1.".formatted(seconds));
    }
  }

  /// Whether messages that it takes are saved at all, or only told to calculated fields.
  boolean isSaving() {
    return type != Type.ADVANCED || (!attributes.isSkip() && !timeseries.isSkip());
  }

  /// Whether to save this message; remembers that it was the first of its interval.
  boolean takes(RuleMessage message, long ts, NodeStates states, NodeContext context) {
    return type != Type.DEDUPLICATE
        || isFirst(context.nodeId(), deduplicationIntervalSecs, message, ts, states, context);
  }

  /// Whether calculated fields hear of this message.
  boolean isTold(RuleMessage message, long ts, NodeStates states, NodeContext context) {
    if (type != Type.ADVANCED || calculatedFields.isEvery()) {
      return true;
    }
    var place = new UUID(~context.nodeId().getMostSignificantBits(), 1); // beside the node's own
    return calculatedFields.type() == Type.DEDUPLICATE
        && isFirst(
            place, calculatedFields.deduplicationIntervalSecs(), message, ts, states, context);
  }

  private static boolean isFirst(
      UUID place,
      long seconds,
      RuleMessage message,
      long ts,
      NodeStates states,
      NodeContext context) {
    var interval = new JsonLong(Math.floorDiv(ts, seconds * 1000));
    var last = states.find(message.originator(), place);
    if (last.isPresent() && last.get().equals(interval)) {
      return false;
    }
    states.save(context.commit(), message.originator(), place, interval);
    return true;
  }
}
