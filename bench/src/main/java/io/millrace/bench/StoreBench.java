package io.millrace.bench;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    int count = (int) (points / (StoreLoad.MESSAGES * StoreLoad.KEYS));
    int warm = (int) (WARM_UP / (StoreLoad.MESSAGES * StoreLoad.KEYS));
    var commit = new double[count];
    long stored = (long) count * StoreLoad.MESSAGES * StoreLoad.KEYS;
    long cpu;
    long began;
    double elapsed;
    try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
      var load = new StoreLoad(commits, TimeseriesStore.open(commits), devices);
      for (int i = 0; i < warm; i++) {
        load.commit();
      }
      cpu = cpu();
      began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long at = System.nanoTime();
        load.commit();
        commit[i] = (System.nanoTime() - at) / 1e6;
      }
      elapsed = (System.nanoTime() - began) / 1e9;
    }
    long used = cpu() - cpu;
    figures.one("durable points per second", "1/s", stored / elapsed);
    figures.one("CPU per point, seals and generator included", "us", used / 1e3 / stored);
    figures.times("commit of 500 points", "ms", commit);
    try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
      commits.tidy();
      for (var family : new Family[] {Family.TELEMETRY_LOG, Family.TELEMETRY}) {
        commits.compact(family);
      }
    }
    figures.one(
        "bytes per point after compaction", "B", (double) tables(folder) / (stored + WARM_UP));
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
