package io.millrace.bench;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Points into the store alone, what they take on disk, and opening it again after a kill.
@Command(name = "store", description = "Durable points per second into the store alone.")
final class StoreBench implements Callable<Integer> {
  private static final long WARM_UP = 4_000_000; // points until compilers have come to rest

  @Option(names = "--points", defaultValue = "10000000", description = "Points (10,000,000).")
  private long points;

  @Option(names = "--devices", defaultValue = "1000", description = "Devices of ten keys (1,000).")
  private int devices;

  @Option(
      names = "--writers",
      defaultValue = "4",
      description = "Threads that commit at a time, as partitions do, after one alone (4).")
  private int writers;

  @Option(
      names = "--reopen",
      defaultValue = "0",
      description = "Points that a killed process leaves, to open again (default: 0, not done).")
  private long reopen;

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  private final Figures figures = new Figures();

  @Override
  public Integer call() throws IOException {
    var folder = Files.createTempDirectory("millrace-bench");
    try {
      ingest(folder);
      CommitStore.deleteTree(folder);
      if (reopen > 0) {
        StoreChild.fillAndKill(folder, reopen, devices);
        long began = System.nanoTime();
        try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
          var store = TimeseriesStore.open(commits);
          int keys = store.latest(StoreLoad.device(0)).size();
          figures.one(
              "reopen after kill -9, to the first answer", "ms", (System.nanoTime() - began) / 1e6);
          if (keys != StoreLoad.KEYS) {
            throw new IllegalStateException(keys + " latest values");
          }
        }
      }
      figures.write(json);
    } finally {
      CommitStore.deleteTree(folder);
    }
    return 0;
  }

  private void ingest(Path folder) throws IOException {
    long stored = 0;
    try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
      var store = TimeseriesStore.open(commits);
      var loads = new ArrayList<StoreLoad>();
      for (int i = 0; i < writers; i++) {
        loads.add(new StoreLoad(commits, store, i * devices, devices / writers));
      }
      stored += measure("warming up", loads, WARM_UP);
      stored += measure("one writer", loads.subList(0, 1), points);
      stored += measure(writers + " writers at a time", loads, points);
      var disk = DiskSync.measure();
      figures.one("the disk alone, 16 KiB and a sync, p50", "ms", disk.micros(0.5) / 1e3);
      figures.one("the disk alone, 16 KiB and a sync, p99", "ms", disk.micros(0.99) / 1e3);
    }
    try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
      commits.tidy();
      for (var family : new Family[] {Family.TELEMETRY_LOG, Family.TELEMETRY}) {
        commits.compact(family);
      }
    }
    figures.one("bytes per point after compaction", "B", (double) tables(folder) / stored);
  }

  private long measure(String who, List<StoreLoad> loads, long points) {
    long cpu = cpu();
    var commits = new double[loads.size() * commitsEach(loads, points)];
    double seconds = run(loads, commits);
    long done = (long) commits.length * StoreLoad.MESSAGES * StoreLoad.KEYS;
    figures.one("durable points per second, " + who, "1/s", done / seconds);
    figures.one(
        "CPU per point, seals and generator included, " + who, "us", (cpu() - cpu) / 1e3 / done);
    figures.times("commit of 500 points, " + who, "ms", commits);
    return done;
  }

  private static int commitsEach(List<StoreLoad> loads, long points) {
    return (int) (points / (StoreLoad.MESSAGES * StoreLoad.KEYS) / loads.size());
  }

  /// Each load commits on a thread of its own.
  ///
  /// @param times of each commit, filled in
  /// @return the seconds that all took
  private static double run(List<StoreLoad> loads, double[] times) {
    int each = times.length / loads.size();
    long began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(loads.size())) {
      for (int i = 0; i < loads.size(); i++) {
        var load = loads.get(i);
        int first = i * each;
        threads.execute(() -> commit(load, times, first, each));
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static void commit(StoreLoad load, double[] times, int first, int count) {
    for (int i = first; i < first + count; i++) {
      long at = System.nanoTime();
      load.commit();
      times[i] = (System.nanoTime() - at) / 1e6;
    }
  }

  /// Bytes of all tables, those of other families included.
  private static long tables(Path folder) throws IOException {
    long sum = 0;
    try (var files = Files.newDirectoryStream(folder.resolve("rocksdb"), "*.sst")) {
      for (var file : files) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
