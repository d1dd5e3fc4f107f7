/// Kafka records in and out: connection, topics and live records for people, the source, the rule
/// node's producer, exports and the MQTT bridge. The only room that knows the Kafka client.
@NullMarked
package io.millrace.wire.kafka;

import org.jspecify.annotations.NullMarked;
