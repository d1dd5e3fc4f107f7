package io.millrace.bench;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.Aggregation;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A day of one-second data read and aggregated, and latest values, idle and while ingesting.
@Command(
    name = "query",
    description = "Reads of a day, aggregates, latest values; in milliseconds.")
final class QueryBench implements Callable<Integer> {
  private static final long DAY_MS = 86_400_000;
  private static final int POINTS = 86_400;
  private static final long PAUSE_NANOS = 5_000_000; // 200 commits, 100,000 points a second

  @Option(names = "--times", defaultValue = "300", description = "Reads of each kind (300).")
  private int times;

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  private final Figures figures = new Figures();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("millrace-bench");
    try (var commits = CommitStore.open(folder, StoreChild.CACHE_BYTES)) {
      var store = TimeseriesStore.open(commits);
      var load = new StoreLoad(commits, store, 1_000);
      while (load.end() < StoreLoad.START + DAY_MS + 3_600_000) {
        load.commit();
      }
      measure(store, "idle");
      var isOver = new AtomicBoolean();
      var writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!isOver.get()) {
                      load.commit();
                      LockSupport.parkNanos(PAUSE_NANOS);
                    }
                  });
      measure(store, "while ingesting");
      isOver.set(true);
      writer.join();
    } finally {
      CommitStore.deleteTree(folder);
    }
    figures.write(json);
    return 0;
  }

  private void measure(TimeseriesStore store, String when) {
    var device = StoreLoad.device(0);
    long from = StoreLoad.START;
    long until = from + DAY_MS;
    var raw = RangeQuery.oldest("temperature", from, until, POINTS);
    repeat("86,400 points, " + when, () -> check(store.read(device, raw).size(), POINTS));
    for (var aggregation : List.of(Aggregation.AVG, Aggregation.MAX)) {
      var query = RangeQuery.aggregated("temperature", from, until, aggregation, DAY_MS / 200);
      repeat(
          "%s of 200 buckets, %s".formatted(aggregation, when),
          () -> check(store.read(device, query).size(), 200));
    }
    var day = RangeQuery.aggregated("temperature", from, until, Aggregation.AVG, DAY_MS / 2);
    repeat("AVG of 2 buckets, " + when, () -> check(store.read(device, day).size(), 2));
    repeat(
        "min and max of 800 pixels, " + when,
        () ->
            check(
                Math.min(store.sample(device, "temperature", from, until, 800).size(), 800), 800));
    var devices = new ArrayList<EntityId>();
    for (int i = 0; i < 1_000; i++) {
      devices.add(StoreLoad.device(i));
    }
    repeat(
        "latest of 1,000 series, " + when,
        () -> check(store.latest(devices, List.of("temperature")).size(), 1_000));
  }

  private void repeat(String name, Runnable read) {
    for (int i = 0; i < times; i++) {
      read.run(); // warm
    }
    var took = new double[times];
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      read.run();
      took[i] = (System.nanoTime() - began) / 1e6;
    }
    figures.times(name, "ms", took);
  }

  private static void check(int found, int wanted) {
    if (found != wanted) {
      throw new IllegalStateException("%d answers, not %d".formatted(found, wanted));
    }
  }
}
