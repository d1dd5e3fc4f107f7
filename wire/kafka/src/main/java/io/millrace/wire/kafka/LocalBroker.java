package io.millrace.wire.kafka;

import java.util.Optional;

/// The broker inside this process, as the connection starts and watches it.
public interface LocalBroker extends AutoCloseable {
  /// For a process without one.
  LocalBroker NONE =
      new LocalBroker() {
        @Override
        public String start() {
          throw new IllegalStateException("There is no broker in this process");
        }

        @Override
        public Optional<String> fault() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /// Starts it; blocks until it serves.
  ///
  /// @return `host:port` for clients in this process
  /// @throws RuntimeException with a message for people; the start may be tried again
  String start();

  /// What ended it, once it has met a fault that it does not survive.
  Optional<String> fault();

  @Override
  void close();
}
