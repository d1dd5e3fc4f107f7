package io.millrace.wire.mqtt;

import io.millrace.store.commit.CommitStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A broker in a process of its own, on a folder that outlives it, to be killed with -9.
final class KilledBroker {
  private final Path folder;
  private Process process;
  private int port;

  private KilledBroker(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /// The process: folder and port; prints the port.
  static void main(String[] arguments) throws InterruptedException {
    var stores = BrokerStores.open(CommitStore.open(Path.of(arguments[0]), 16 << 20));
    var broker = TestServer.open(Map.of("port", arguments[1]), stores);
    System.out.println("port " + broker.port());
    Thread.currentThread().join();
  }

  static KilledBroker start(Path folder) {
    var broker = new KilledBroker(folder, launch(folder, 0), 0);
    broker.port = readPort(broker.process);
    return broker;
  }

  int port() {
    return port;
  }

  /// Kills the process and starts another on the same folder and port.
  void killAndRestart() {
    kill();
    process = launch(folder, port);
    readPort(process);
  }

  void kill() {
    process.destroyForcibly(); // SIGKILL
    process.onExit().join();
  }

  private static Process launch(Path folder, int port) {
    var line =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBroker.class.getName(),
            folder.toString(),
            Integer.toString(port));
    try {
      return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int readPort(Process process) {
    var in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return in.lines()
        .filter(line -> line.startsWith("port "))
        .mapToInt(line -> Integer.parseInt(line.substring(5)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the broker's process ended at once"));
  }
}
