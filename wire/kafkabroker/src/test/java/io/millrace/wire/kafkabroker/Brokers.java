package io.millrace.wire.kafkabroker;

import java.nio.file.Path;
import java.time.Duration;

/// Brokers for tests, on free ports.
final class Brokers {
  private Brokers() {}

  static BrokerOptions options(Path directory, int port) {
    return new BrokerOptions(
        directory,
        "127.0.0.1",
        port,
        "127.0.0.1",
        2 << 20,
        Duration.ofDays(7),
        1 << 30,
        false,
        Duration.ofSeconds(10));
  }

  static EmbeddedBroker in(Path directory) {
    return new EmbeddedBroker(options(directory, 0), _ -> {});
  }
}
