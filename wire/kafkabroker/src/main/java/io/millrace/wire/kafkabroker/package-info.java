/// A real Apache Kafka broker in this process, in a class loader of its own.
///
/// Kafka's libraries (its Scala, its Jackson, its Log4j) are seen by [RaftNode] and [Formatting]
/// only; everybody else sees [EmbeddedBroker], the door. Start and stop block; Kafka's own threads
/// do the work. ADR 0006 says why it is done so.
@NullMarked
package io.millrace.wire.kafkabroker;

import org.jspecify.annotations.NullMarked;
