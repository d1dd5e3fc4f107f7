package io.millrace.bench;

import java.time.Duration;

/// A broker under measurement, in a process of its own.
interface Measured extends AutoCloseable {
  /// Where MQTT clients connect.
  int port();

  /// CPU time used so far.
  Duration cpu();

  /// Stops it.
  @Override
  void close();
}
