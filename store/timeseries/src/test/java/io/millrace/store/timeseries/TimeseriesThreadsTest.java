package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers while points are written and sealed: nothing goes missing on its way into blocks.
class TimeseriesThreadsTest {
  private static final int POINTS = 20_000;
  private static final int PER_COMMIT = 50;

  @TempDir Path directory;

  @Test
  void readersSeeEveryCommittedPointWhileHeadsBecomeBlocks() throws Exception {
    try (var commits = CommitStore.open(directory, 16 << 20);
        var threads = Executors.newFixedThreadPool(4)) {
      var limits = new TimeseriesStore.Limits(1_000, 700, true);
      var store = TimeseriesStore.open(commits, limits);
      var work = new ArrayList<Future<?>>();
      for (int writer = 0; writer < 2; writer++) {
        var device = new EntityId(EntityType.DEVICE, new UUID(7, writer));
        work.add(threads.submit(() -> write(commits, store, device)));
        work.add(threads.submit(reader(store, device)));
      }
      for (var done : work) {
        done.get();
      }
    }
    try (var commits = CommitStore.open(directory, 16 << 20)) {
      var store = TimeseriesStore.open(commits);
      for (int writer = 0; writer < 2; writer++) {
        var device = new EntityId(EntityType.DEVICE, new UUID(7, writer));
        assertThat(store.read(device, RangeQuery.oldest("n", 0, POINTS, POINTS))).hasSize(POINTS);
      }
    }
  }

  private static void write(CommitStore commits, TimeseriesStore store, EntityId device) {
    for (int ts = 0; ts < POINTS; ) {
      try (var commit = commits.begin()) {
        for (int i = 0; i < PER_COMMIT; i++, ts++) {
          store.save(commit, device, List.of(new Point("n", ts, new JsonLong(ts))));
        }
        commit.write();
      }
    }
  }

  private static Callable<Void> reader(TimeseriesStore store, EntityId device) {
    return () -> {
      int before = 0;
      while (before < POINTS) {
        var latest = store.latest(device);
        var points = store.read(device, RangeQuery.oldest("n", 0, POINTS, POINTS));
        assertThat(points.size()).isGreaterThanOrEqualTo(before);
        for (int i = 0; i < points.size(); i++) {
          assertThat(points.get(i).ts()).isEqualTo(i);
        }
        if (!latest.isEmpty()) {
          // Told after the point can be read: the latest may lag behind by the save in flight.
          assertThat(latest.getFirst().ts()).isBetween(before - 2L, points.size() - 1L);
        }
        var newest = store.read(device, RangeQuery.newest("n", 0, POINTS, 3));
        assertThat(newest.size()).isGreaterThanOrEqualTo(Math.min(3, points.size()));
        before = points.size();
      }
      return null;
    };
  }
}
