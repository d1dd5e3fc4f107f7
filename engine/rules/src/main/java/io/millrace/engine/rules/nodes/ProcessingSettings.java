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
        long deduplicationIntervalSecs,
    @Doc("For ADVANCED: saving to the history.") Strategy timeseries,
    @Doc("For ADVANCED: saving as latest value.") Strategy latest,
    @Doc("For ADVANCED: saving attributes.") Strategy attributes,
    @Doc("For ADVANCED: telling those who watch.") Strategy webSockets) {

  /// One action's own rule.
  record Strategy(@Doc("ON_EVERY_MESSAGE.") @Default("ON_EVERY_MESSAGE") String type) {
    boolean isEvery() {
      return type.equals(Type.ON_EVERY_MESSAGE.name());
    }
  }

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
    boolean isPlainAdvanced =
        type == Type.ADVANCED
            && timeseries.isEvery()
            && latest.isEvery()
            && attributes.isEvery()
            && webSockets.isEvery();
    if (type != Type.ON_EVERY_MESSAGE && type != Type.DEDUPLICATE && !isPlainAdvanced) {
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
