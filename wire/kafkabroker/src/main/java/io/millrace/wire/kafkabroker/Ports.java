package io.millrace.wire.kafkabroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks at a port before Kafka does: Kafka's own words for a taken one lead nowhere.
final class Ports {
  private Ports() {}

  /// @throws BrokerStartException when another program has it or the address is not ours
  static void check(String host, int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      boolean taken =
          e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
      throw new BrokerStartException(
          taken
              ? "kafka.port=%d on %s is in use by another program; stop that one, or choose another port with --kafka.port=NUMBER (0 picks a free one). If that program is a Kafka of yours, set kafka.bootstrap.servers=%s:%d instead"
                  .formatted(port, host, host, port)
              : "kafka.port=%d cannot be opened on %s (%s); check bind.address, or choose a port above 1023 with --kafka.port=NUMBER"
                  .formatted(port, host, e.getMessage()),
          e);
    }
  }

  static int free(String host) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, 0));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free on " + host, e);
    }
  }
}
