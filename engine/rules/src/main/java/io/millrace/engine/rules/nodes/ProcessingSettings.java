package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonLong;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.RuleMessage;

/// Which messages a save node saves: ThingsBoard's processing settings.
record ProcessingSettings(
    @Doc("ON_EVERY_MESSAGE, or DEDUPLICATE: the first of an originator in each interval.")
        @Default("ON_EVERY_MESSAGE")
        Type type,
    @Doc("Length of the interval for DEDUPLICATE, in seconds.") @Default("60")
        long deduplicationIntervalSecs) {

  enum Type {
    ON_EVERY_MESSAGE,
    DEDUPLICATE,
    WEBSOCKETS_ONLY,
    ADVANCED
  }

  ProcessingSettings {
    if (type == Type.DEDUPLICATE && deduplicationIntervalSecs < 1) {
      throw new IllegalArgumentException(
          "deduplicationIntervalSecs=%d; it must be at least 1."
              .formatted(deduplicationIntervalSecs));
    }
    if (type != Type.ON_EVERY_MESSAGE && type != Type.DEDUPLICATE) {
      throw new NotBuiltException(
          "The processing setting %s is not built here; choose ON_EVERY_MESSAGE or DEDUPLICATE."
              .formatted(type));
    }
  }

  /// Whether to save this message; remembers that it was the first of its interval.
  boolean takes(RuleMessage message, long ts, NodeStates states, NodeContext context) {
    if (type != Type.DEDUPLICATE) {
      return true;
    }
    var interval = new JsonLong(Math.floorDiv(ts, deduplicationIntervalSecs * 1000));
    var last = states.find(message.originator(), context.nodeId());
    if (last.isPresent() && last.get().equals(interval)) {
      return false;
    }
    states.save(context.commit(), message.originator(), context.nodeId(), interval);
    return true;
  }
}
