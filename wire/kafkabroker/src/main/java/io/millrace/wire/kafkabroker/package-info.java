/// A real Apache Kafka broker, loaded in a class loader of its own so that its libraries stay here.
@NullMarked
package io.millrace.wire.kafkabroker;

import org.jspecify.annotations.NullMarked;
