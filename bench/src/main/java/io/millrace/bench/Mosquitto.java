package io.millrace.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Mosquitto as a peer under the same load: in memory, nothing limited, on a free loopback port.
final class Mosquitto implements Measured {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private final Process process;
  private final int port;
  private final Path settings;

  private Mosquitto(Process process, int port, Path settings) {
    this.process = process;
    this.port = port;
    this.settings = settings;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Mosquitto start() throws IOException {
    int port = freePort();
    var settings = Files.createTempFile("mosquitto", ".conf");
    Files.writeString(
        settings,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        max_queued_messages 0
        max_inflight_messages 0
        set_tcp_nodelay true
        log_type none
        """
            .formatted(port));
    var process =
        new ProcessBuilder(PROGRAM.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var started = new Mosquitto(process, port, settings);
    started.awaitPort();
    return started;
  }

  @Override
  public int port() {
    return port;
  }

  /// Resident memory in MiB (Linux).
  long residentMb() {
    return Server.residentMb(process.pid());
  }

  @Override
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void awaitPort() throws IOException {
    for (int tries = 0; tries < 500 && process.isAlive(); tries++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new IOException("Mosquitto did not start on port " + port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    try {
      Files.deleteIfExists(settings);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
