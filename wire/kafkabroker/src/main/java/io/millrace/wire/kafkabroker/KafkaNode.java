package io.millrace.wire.kafkabroker;

import java.util.Map;
import java.util.function.Consumer;

/// What both sides of the class loader know of each other: only types of the JDK.
///
/// Public because the two sides are different run-time packages; nobody else uses it.
public interface KafkaNode {
  /// Makes the directories ready when they are new, starts the broker, blocks until it serves.
  ///
  /// @param settings Kafka's `server.properties`
  /// @param onFault told, on any thread, when Kafka would have ended the process
  void start(Map<String, String> settings, Consumer<String> onFault);

  /// Stops it; may block for very long after a fault.
  void stop();
}
