package io.millrace.wire.mosquitto;

import io.millrace.base.runtime.Counters;
import java.util.concurrent.atomic.LongAdder;

/// What one bridge carried and what it could not.
record BridgeCounts(
    LongAdder out,
    LongAdder in,
    LongAdder droppedQos0,
    LongAdder refused,
    LongAdder loops,
    LongAdder failures) {
  static BridgeCounts of(String name, Counters counters) {
    return new BridgeCounts(
        counters.count("bridge.%s.messages_out".formatted(name)),
        counters.count("bridge.%s.messages_in".formatted(name)),
        counters.count("bridge.%s.dropped_qos0_slow_link".formatted(name)),
        counters.count("bridge.%s.refused".formatted(name)),
        counters.count("bridge.%s.loops_stopped".formatted(name)),
        counters.count("bridge.%s.connect_failures".formatted(name)));
  }
}
