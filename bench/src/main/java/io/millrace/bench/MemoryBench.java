package io.millrace.bench;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Many devices of ten keys in a process with a small heap.
@Command(
    name = "memory",
    description = "Many devices of ten keys in a process with a small heap: ingest, latest, range.")
final class MemoryBench implements Callable<Integer> {
  @Option(names = "--devices", defaultValue = "1000000", description = "Devices (1,000,000).")
  private int devices;

  @Option(names = "--heap", defaultValue = "1g", description = "Heap of the process (1g).")
  private String heap = "";

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    var line =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx" + heap,
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Work.class.getName(),
            "" + devices,
            json);
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  /// The process.
  static final class Work {
    private Work() {}

    public static void main(String[] arguments) throws IOException {
      int devices = Integer.parseInt(arguments[0]);
      var folder = Files.createTempDirectory("millrace-bench");
      var figures = new Figures();
      try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
        var store = TimeseriesStore.open(commits);
        var load = new StoreLoad(commits, store, devices);
        long began = System.nanoTime();
        for (int i = 0; i < devices; i += StoreLoad.MESSAGES) {
          try (var commit = commits.begin()) {
            for (int j = i; j < Math.min(devices, i + StoreLoad.MESSAGES); j++) {
              store.save(commit, StoreLoad.device(j), load.points(j, StoreLoad.START + j % 1_000));
            }
            commit.write();
          }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        figures.one("points per second", "1/s", devices * 10L / seconds);
        read(store, devices, figures);
        System.gc();
        var runtime = Runtime.getRuntime();
        figures.one("heap in use", "MB", (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        figures.one("resident memory", "MB", resident());
        figures.write(arguments[1]);
      } finally {
        CommitStore.deleteTree(folder);
      }
    }

    private static void read(TimeseriesStore store, int devices, Figures figures) {
      var latest = new ArrayList<Double>();
      var range = new ArrayList<Double>();
      for (int i = 0; i < 2_000; i++) {
        var device = StoreLoad.device((int) (i * 7_919L % devices));
        long began = System.nanoTime();
        check(store.latest(device).size(), StoreLoad.KEYS);
        latest.add((System.nanoTime() - began) / 1e6);
        began = System.nanoTime();
        check(
            store
                .read(
                    device,
                    RangeQuery.oldest("temperature", StoreLoad.START, StoreLoad.START + 1_000, 10))
                .size(),
            1);
        range.add((System.nanoTime() - began) / 1e6);
      }
      figures.times(
          "latest values of a device", "ms", latest.stream().mapToDouble(t -> t).toArray());
      figures.times("range of a series", "ms", range.stream().mapToDouble(t -> t).toArray());
    }

    private static void check(int found, int wanted) {
      if (found != wanted) {
        throw new IllegalStateException("%d answers, not %d".formatted(found, wanted));
      }
    }

    private static double resident() throws IOException {
      for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024.0;
        }
      }
      return 0;
    }
  }
}
