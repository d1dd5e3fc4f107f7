package io.millrace.bench;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One durable commit of 500 points, and 1,024 points read from a block of ten keys.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreBenchmark {
  private static final int ROWS = 1_024;
  private final Path folder;
  private final CommitStore commits;
  private final TimeseriesStore store;
  private final StoreLoad load;

  /// Once per trial: a store with two thousand rows in blocks.
  public StoreBenchmark() {
    try {
      folder = Files.createTempDirectory("millrace-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var filling = CommitStore.open(folder, StoreChild.CACHE_BYTES)) { // seals when it closes
      var first = new StoreLoad(filling, TimeseriesStore.open(filling), 10);
      while (first.end() < StoreLoad.START + 2L * ROWS * 1_000) {
        first.commit();
      }
    }
    commits = CommitStore.open(folder, StoreChild.CACHE_BYTES);
    store = TimeseriesStore.open(commits);
    load = new StoreLoad(commits, store, 1_000);
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    commits.close();
    CommitStore.deleteTree(folder);
  }

  @Benchmark
  public void durableCommitOf500Points() {
    load.commit();
  }

  @Benchmark
  public Object decode1024PointsOfABlock() {
    return store.read(
        StoreLoad.device(1),
        RangeQuery.oldest("temperature", StoreLoad.START, StoreLoad.START + ROWS * 1_000, ROWS));
  }
}
