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

/// A process that fills a store and then waits to be killed.
final class StoreChild {
  static final long CACHE_BYTES = 64L << 20;

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
    var load = new StoreLoad(commits, store, Integer.parseInt(arguments[2]));
    long points = Long.parseLong(arguments[1]);
    for (long i = 0; i < points; i += StoreLoad.MESSAGES * StoreLoad.KEYS) {
      load.commit();
    }
    System.out.println("FILLED");
    System.out.flush();
    Thread.currentThread().join();
  }
}
