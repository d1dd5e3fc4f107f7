package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The store against one `TreeMap` per series, through random saves, deletes, seals in the
/// foreground and the background, and reopenings with and without a log to read.
class TimeseriesProperties {
  private static final int STEPS = 700;
  private static final List<String> KEYS = List.of("a", "b", "temperature", "ä");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 20261122})
  void storeAnswersAsAMapWould(long seed) {
    new Run(seed, directory).all();
  }

  private static final class Run {
    private final Random random;
    private final Path directory;
    private final NavigableMap<String, NavigableMap<Long, JsonValue>> model = new TreeMap<>();
    private CommitStore commits;
    private TimeseriesStore store;

    Run(long seed, Path directory) {
      random = new Random(seed);
      this.directory = directory;
      open();
    }

    void all() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0 -> delete();
          case 1 -> deleteAll();
          case 2 -> reopenSometimes();
          case 10 -> assertThat(store.seal()).isTrue();
          case 11 -> crashInTheSealSometimes();
          case 3, 4, 5, 6, 7 -> checkRange();
          case 8, 9 -> checkLatest();
          default -> save();
        }
      }
      commits.close();
    }

    private void save() {
      try (var commit = commits.begin()) {
        for (int messages = random.nextInt(5); messages >= 0; messages--) {
          saveMessage(commit);
        }
        commit.write();
      }
    }

    private void saveMessage(Commit commit) {
      var entity = entity();
      var points = points();
      boolean taken = random.nextInt(8) > 0;
      commit.mark();
      store.save(commit, entity, points);
      if (taken) {
        commit.keep();
        points.forEach(point -> series(entity, point.key()).put(point.ts(), point.value()));
      } else {
        commit.rollBack();
      }
    }

    private void delete() {
      var entity = entity();
      var key = key();
      long from = ts();
      long until = ts();
      try (var commit = commits.begin()) {
        store.delete(commit, entity, key, from, until);
        commit.write();
      }
      if (from < until) {
        series(entity, key).subMap(from, until).clear();
      }
    }

    private void deleteAll() {
      if (random.nextInt(4) == 0) {
        var entity = entity();
        try (var commit = commits.begin()) {
          store.deleteAll(commit, entity);
          commit.write();
        }
        KEYS.forEach(key -> series(entity, key).clear());
      }
    }

    private void reopenSometimes() {
      if (random.nextInt(10) == 0) {
        commits.close();
        open();
      }
    }

    /// Blocks are written, but the log is still there, as when the process dies in between.
    private void crashInTheSealSometimes() {
      if (random.nextInt(4) > 0) {
        return;
      }
      var log = new TreeMap<String, byte[]>();
      var hex = HexFormat.of();
      commits.scan(
          Family.TELEMETRY_LOG,
          LogRecord.key(0, 0),
          LogRecord.key(Long.MAX_VALUE, 0),
          (key, value) -> log.put(hex.formatHex(key), value) == null);
      assertThat(store.seal()).isTrue();
      try (var commit = commits.begin()) {
        log.forEach((key, value) -> commit.put(Family.TELEMETRY_LOG, hex.parseHex(key), value));
        commit.write();
      }
      commits.close();
      open();
    }

    private void open() {
      commits = CommitStore.open(directory, 4 << 20);
      var limits = new TimeseriesStore.Limits(6, 1 + random.nextInt(200), random.nextBoolean());
      store = TimeseriesStore.open(commits, limits);
    }

    private void checkRange() {
      var entity = entity();
      var key = key();
      long from = ts();
      long until = ts();
      int limit = 1 + random.nextInt(40);
      var expected = new ArrayList<Point>();
      if (from < until) {
        series(entity, key)
            .subMap(from, until)
            .forEach((ts, v) -> expected.add(new Point(key, ts, v)));
      }
      var ascending = expected.stream().limit(limit).toList();
      var descending = expected.reversed().stream().limit(limit).toList();
      assertThat(store.read(entity, RangeQuery.oldest(key, from, until, limit)))
          .isEqualTo(ascending);
      assertThat(store.read(entity, RangeQuery.newest(key, from, until, limit)))
          .isEqualTo(descending);
      checkCounts(entity, key, from, until, expected);
    }

    private void checkCounts(
        EntityId entity, String key, long from, long until, List<Point> expected) {
      long interval = Math.max(1 + random.nextInt(300), (until - from) / 10_000);
      var counts = new TreeMap<Long, Long>();
      for (var point : expected) {
        long start = from + (point.ts() - from) / interval * interval;
        long end = Math.min(start + interval, until);
        counts.merge(start + (end - start) / 2, 1L, Long::sum);
      }
      var answer =
          store.read(entity, RangeQuery.aggregated(key, from, until, Aggregation.COUNT, interval));
      var points = new ArrayList<Point>();
      counts.forEach((ts, count) -> points.add(new Point(key, ts, new JsonLong(count))));
      assertThat(answer).isEqualTo(points);
    }

    private void checkLatest() {
      var entity = entity();
      var expected = new ArrayList<Point>();
      for (var key : KEYS) {
        var series = series(entity, key);
        if (!series.isEmpty()) {
          expected.add(new Point(key, series.lastKey(), series.lastEntry().getValue()));
        }
      }
      assertThat(store.latest(entity)).isEqualTo(expected);
    }

    private NavigableMap<Long, JsonValue> series(EntityId entity, String key) {
      return model.computeIfAbsent(entity + key, _ -> new TreeMap<>());
    }

    private List<Point> points() {
      var points = new ArrayList<Point>();
      long ts = ts();
      for (int i = random.nextInt(4); i >= 0; i--) {
        points.add(new Point(key(), random.nextBoolean() ? ts : ts(), value()));
      }
      return points;
    }

    private EntityId entity() {
      return new EntityId(EntityType.DEVICE, new UUID(0, random.nextInt(3)));
    }

    private String key() {
      return KEYS.get(random.nextInt(KEYS.size()));
    }

    private long ts() {
      // Near the end of a day, so that points are in two windows; now and then far away.
      return random.nextInt(50) == 0
          ? random.nextLong(-4_000_000_000_000L, 4_000_000_000_000L)
          : 86_400_000L * 20_000 + random.nextInt(-600, 500);
    }

    private JsonValue value() {
      return switch (random.nextInt(5)) {
        case 0 -> JsonBoolean.of(random.nextBoolean());
        case 1 -> new JsonLong(random.nextLong());
        case 2 -> new JsonDouble(random.nextInt(1000) / 10.0);
        case 3 -> new JsonString("s" + random.nextInt(10));
        default -> Json.parse("{\"n\":" + random.nextInt() + "}");
      };
    }
  }
}
