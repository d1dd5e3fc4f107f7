package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Aggregates, which are answered from headers where they can, against the same made point by
/// point.
class AggregateProperties {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
  // days before the clocks of one of them change: Berlin to summer and to winter, New York to
  // winter, Lord Howe by half an hour; the last one at the end of a year
  private static final List<String> STARTS =
      List.of("2026-03-28", "2026-10-24", "2026-10-31", "2026-04-04", "2026-12-30");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void everyAggregateIsThatOfItsPoints(long seed) {
    var random = new Random(seed);
    var model = new TreeMap<Long, JsonValue>();
    try (var commits = CommitStore.open(directory, 16 << 20)) {
      var limits = new TimeseriesStore.Limits(100, 1_000_000, false);
      var store = TimeseriesStore.open(commits, limits);
      boolean whole = seed % 2 == 0;
      long start = Instant.parse(STARTS.get((int) seed) + "T12:00:00Z").toEpochMilli();
      for (int round = 0; round < 6; round++) {
        grow(store, commits, model, random, whole, start);
        assertThat(round == 5 || store.seal()).isTrue(); // the last round stays in memory
      }
      for (int i = 0; i < 100; i++) {
        check(store, model, random);
      }
    }
  }

  private static void grow(
      TimeseriesStore store,
      CommitStore commits,
      TreeMap<Long, JsonValue> model,
      Random random,
      boolean whole,
      long start) {
    long ts = start + random.nextInt(3) * 86_400_000L;
    var points = new ArrayList<Point>();
    int count = random.nextInt(4) == 0 ? 30 : 3_000;
    for (int i = 0; i < count; i++) {
      ts += random.nextInt(60_000);
      JsonValue value =
          whole ? new JsonLong(random.nextInt(1_000)) : new JsonDouble(random.nextInt(999) / 7.0);
      if (random.nextInt(5_000) == 0) {
        value = new JsonDouble(0.5); // mixed
      }
      points.add(new Point("t", ts, value));
      model.put(ts, value);
    }
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, points);
      commit.write();
    }
    if (random.nextInt(3) == 0) {
      long from = ts - random.nextInt(10_000_000);
      try (var commit = commits.begin()) {
        store.delete(commit, DEVICE, "t", from, from + 1_000_000);
        commit.write();
      }
      model.subMap(from, from + 1_000_000).clear();
    }
  }

  private static void check(TimeseriesStore store, TreeMap<Long, JsonValue> model, Random random) {
    long from = model.firstKey() - 1_000 + random.nextInt(86_400_000);
    long until = from + 1 + random.nextLong(10 * 86_400_000L);
    var interval =
        random.nextBoolean()
            ? Interval.ofMillis(60_000 + random.nextInt(100_000_000))
            : Interval.of(
                Interval.Unit.values()[random.nextInt(Interval.Unit.values().length)],
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
    var aggregation = Aggregation.values()[1 + random.nextInt(5)];
    var expected = naive(model, from, until, interval, aggregation);
    var found = store.read(DEVICE, RangeQuery.aggregated("t", from, until, aggregation, interval));
    assertThat(found.stream().map(Point::ts).toList())
        .as("%s %s from %d", interval, aggregation, from)
        .isEqualTo(expected.stream().map(Point::ts).toList());
    for (int i = 0; i < found.size(); i++) {
      assertThat(number(found.get(i).value()))
          .isCloseTo(number(expected.get(i).value()), within(1e-6));
    }
  }

  /// Points that the clocks of the zone show in the same hour, day, … belong together.
  private static List<Point> naive(
      TreeMap<Long, JsonValue> model,
      long from,
      long until,
      Interval interval,
      Aggregation aggregation) {
    var result = new ArrayList<Point>();
    long start = 0;
    long end = Long.MIN_VALUE;
    var numbers = new ArrayList<Double>();
    for (var point : model.subMap(from, until).entrySet()) {
      if (point.getKey() >= end) {
        finish(result, start, end, numbers, aggregation);
        start = interval.startOf(point.getKey(), from);
        end = Math.min(until, interval.endOf(point.getKey(), from));
        assertThat(start).isLessThanOrEqualTo(point.getKey());
        assertThat(end).isGreaterThan(point.getKey());
      }
      if (interval instanceof Interval.Calendar(var unit, var zone)) {
        assertThat(label(unit, zone, point.getKey())).isEqualTo(label(unit, zone, start));
        assertThat(end == until || !label(unit, zone, end).equals(label(unit, zone, start)))
            .isTrue();
      }
      numbers.add(number(point.getValue()));
    }
    finish(result, start, end, numbers, aggregation);
    return result;
  }

  private static void finish(
      List<Point> result, long start, long end, List<Double> numbers, Aggregation aggregation) {
    if (!numbers.isEmpty()) {
      var all = numbers.stream().mapToDouble(Double::doubleValue).summaryStatistics();
      double value =
          switch (aggregation) {
            case NONE -> throw new IllegalArgumentException();
            case MIN -> all.getMin();
            case MAX -> all.getMax();
            case AVG -> all.getAverage();
            case SUM -> all.getSum();
            case COUNT -> all.getCount();
          };
      result.add(new Point("t", start + (end - start) / 2, new JsonDouble(value)));
      numbers.clear();
    }
  }

  /// What the calendar on the wall says, the offset of an hour included.
  private static String label(Interval.Unit unit, ZoneId zone, long ts) {
    var time = Instant.ofEpochMilli(ts).atZone(zone);
    var pattern =
        switch (unit) {
          case HOUR -> "uuuu-MM-dd HH xxx";
          case DAY -> "uuuu-MM-dd";
          case WEEK -> "";
          case WEEK_ISO -> "YYYY-ww";
          case MONTH -> "uuuu-MM";
          case QUARTER -> "uuuu-q";
          case YEAR -> "uuuu";
        };
    return unit == Interval.Unit.WEEK
        ? String.valueOf(Math.floorDiv(time.toLocalDate().toEpochDay() + 4, 7)) // from Sunday
        : time.format(
            java.time.format.DateTimeFormatter.ofPattern(pattern, java.util.Locale.GERMANY));
  }

  private static double number(JsonValue value) {
    return switch (value) {
      case JsonLong(long number) -> number;
      case JsonDouble(double number) -> number;
      default -> throw new IllegalArgumentException(value.toString());
    };
  }
}
