package io.millrace.app;

import io.millrace.base.runtime.Threads;
import java.util.concurrent.CountDownLatch;

/// Keeps a command in the foreground until the process is told to stop.
final class Foreground {
  private Foreground() {}

  /// Publishes the ports, then waits; a stop signal closes `millrace` before the process ends with
  /// status 0.
  static void stay(Millrace millrace) {
    millrace.publishPorts();
    Runtime.getRuntime().addShutdownHook(Threads.platform("stop", () -> stop(millrace)));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(Millrace millrace) {
    millrace.close();
    Runtime.getRuntime().halt(0); // a stop that was asked for is no failure (the JVM would say 143)
  }
}
