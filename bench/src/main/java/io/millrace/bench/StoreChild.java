package io.millrace.bench;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/// A process that fills a store and then waits to be killed.
final class StoreChild {
  static final long CACHE_BYTES = 64L << 20;
  private static final int WRITERS = 8;

  private StoreChild() {}

  /// Fills `directory` in a process of its own and kills that with SIGKILL.
  static void fillAndKill(Path directory, long points, int devices) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                directory.toString(),
                "" + points,
                "" + devices));
    var child = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (var said = lines.readLine(); said != null; said = lines.readLine()) {
        if (said.equals("FILLED")) {
          child.destroyForcibly().onExit().join(); // its lock goes with it
          return;
        }
      }
    }
    throw new IOException("The process that fills the store ended");
  }

  public static void main(String[] arguments) throws InterruptedException {
    var commits = CommitStore.open(Path.of(arguments[0]), CACHE_BYTES);
    var store = TimeseriesStore.open(commits);
    int devices = Integer.parseInt(arguments[2]) / WRITERS;
    long each = Long.parseLong(arguments[1]) / WRITERS;
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        var load = new StoreLoad(commits, store, i * devices, devices);
        writers.execute(
            () -> {
              for (long done = 0; done < each; done += StoreLoad.MESSAGES * StoreLoad.KEYS) {
                load.commit();
              }
            });
      }
    }
    System.out.println("FILLED");
    System.out.flush();
    Thread.currentThread().join();
  }
}
