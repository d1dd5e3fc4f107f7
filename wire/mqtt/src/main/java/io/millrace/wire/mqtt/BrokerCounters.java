package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Counters;
import java.util.concurrent.atomic.LongAdder;

/// The broker's counters, looked up once; per-message facts are counted here, not logged.
record BrokerCounters(
    LongAdder connects,
    LongAdder connectsRefused,
    LongAdder takeOvers,
    LongAdder received,
    LongAdder sent,
    LongAdder packetsReceived,
    LongAdder packetsSent,
    LongAdder bytesReceived,
    LongAdder bytesSent,
    LongAdder publishBytesReceived,
    LongAdder publishBytesSent,
    LongAdder sessionsExpired,
    LongAdder sockets,
    LongAdder notAuthorized,
    LongAdder notReceivable,
    LongAdder ratePauses,
    LongAdder connectsTooFast,
    LongAdder malformed,
    LongAdder refused,
    LongAdder droppedQos0,
    LongAdder droppedQueueFull,
    LongAdder droppedExpired,
    LongAdder droppedTooLarge,
    LongAdder droppedRetained,
    LongAdder keepAliveTimeouts,
    LongAdder pauses) {

  static BrokerCounters of(Counters counters) {
    return new BrokerCounters(
        counters.count("mqtt.connects"),
        counters.count("mqtt.connects_refused"),
        counters.count("mqtt.sessions_taken_over"),
        counters.count("mqtt.publishes_received"),
        counters.count("mqtt.publishes_sent"),
        counters.count("mqtt.packets_received"),
        counters.count("mqtt.packets_sent"),
        counters.count("mqtt.bytes_received"),
        counters.count("mqtt.bytes_sent"),
        counters.count("mqtt.publish_bytes_received"),
        counters.count("mqtt.publish_bytes_sent"),
        counters.count("mqtt.sessions_expired"),
        counters.count("mqtt.sockets"),
        counters.count("mqtt.publishes_not_authorized"),
        counters.count("mqtt.dropped_not_authorized_to_receive"),
        counters.count("mqtt.rate_pauses"),
        counters.count("mqtt.connects_too_fast"),
        counters.count("mqtt.packets_malformed"),
        counters.count("mqtt.publishes_refused"),
        counters.count("mqtt.dropped_qos0_slow_client"),
        counters.count("mqtt.dropped_queue_full"),
        counters.count("mqtt.dropped_expired"),
        counters.count("mqtt.dropped_too_large_for_client"),
        counters.count("mqtt.dropped_retained_full"),
        counters.count("mqtt.keep_alive_timeouts"),
        counters.count("mqtt.read_pauses"));
  }
}
