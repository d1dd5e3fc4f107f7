package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Consumption and times in state against a model that looks at every pair of points.
class ConsumptionProperties {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final long START = 1_774_699_200_000L; // a day before the clocks of Berlin change
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void consumptionIsThatOfAllPairsOfReadings(long seed) {
    var random = new Random(seed);
    var rules = rules(random);
    var readings = readings(random, rules);
    try (var commits = CommitStore.open(directory, 16 << 20)) {
      var store = TimeseriesStore.open(commits);
      save(commits, store, readings, random);
      var history = new ValueHistory(store);
      for (int i = 0; i < 15; i++) {
        long from = START - 3_600_000 + random.nextInt(86_400_000);
        long until = from + 1 + random.nextInt(400_000_000);
        var interval = interval(random);
        var found =
            history.consumption(
                new ValueHistory.Span(DEVICE, "m", from, until, interval), rules, Optional.empty());
        checkBuckets(found, readings, rules, interval, from, until);
      }
      checkTotal(history, readings, rules);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void timeInStateIsThatOfEveryMillisecond(long seed) {
    var random = new Random(seed);
    var states = new TreeMap<Long, Long>();
    long ts = START;
    for (int i = 0; i < 500; i++) {
      ts += 1 + random.nextInt(600_000);
      states.put(ts, (long) random.nextInt(3));
    }
    try (var commits = CommitStore.open(directory, 16 << 20)) {
      var store = TimeseriesStore.open(commits);
      save(commits, store, new TreeMap<>(wholes(states)), random);
      for (int i = 0; i < 15; i++) {
        long from = START - 1_000_000 + random.nextInt(86_400_000);
        long until = from + 1 + random.nextInt(100_000_000);
        long holds = random.nextBoolean() ? 0 : 200_000;
        long now = random.nextBoolean() ? Long.MAX_VALUE : ts + 50_000;
        var span = new ValueHistory.Span(DEVICE, "m", from, until, interval(random));
        var found = new ValueHistory(store).timeInState(span, holds, now);
        for (var bucket : found) {
          assertThat(bucket.msByState())
              .isEqualTo(held(states, bucket.fromTs(), bucket.untilTs(), holds, now));
        }
        var all = held(states, from, until, holds, now);
        var sums = new TreeMap<String, Long>();
        found.forEach(b -> b.msByState().forEach((state, ms) -> sums.merge(state, ms, Long::sum)));
        assertThat(sums).isEqualTo(all);
      }
    }
  }

  private static Map<Long, BigDecimal> wholes(Map<Long, Long> states) {
    var wholes = new TreeMap<Long, BigDecimal>();
    states.forEach((ts, state) -> wholes.put(ts, BigDecimal.valueOf(state)));
    return wholes;
  }

  private static Map<String, Long> held(
      TreeMap<Long, Long> states, long from, long until, long holds, long now) {
    var held = new TreeMap<String, Long>();
    for (var state : states.entrySet()) {
      var next = states.higherKey(state.getKey());
      long begin = Math.max(from, state.getKey());
      long end = Math.min(until, next == null ? now : next);
      end = Math.min(end, now);
      end = holds == 0 ? end : Math.min(end, state.getKey() + holds);
      if (end > begin) {
        held.merge(state.getValue().toString(), end - begin, Long::sum);
      }
    }
    return held;
  }

  private static CounterRules rules(Random random) {
    var replacement =
        new CounterRules.Replacement(
            START + 40_000_000, BigDecimal.valueOf(900), BigDecimal.valueOf(5));
    return new CounterRules(
        random.nextBoolean() ? BigDecimal.ZERO : BigDecimal.valueOf(1_000),
        random.nextBoolean() ? CounterRules.OnFall.RESTART : CounterRules.OnFall.REPLACED,
        random.nextInt(3) == 0 ? BigDecimal.valueOf(5_000) : BigDecimal.ZERO,
        random.nextInt(3) == 0 ? CounterRules.Gaps.ARRIVAL : CounterRules.Gaps.SPREAD,
        random.nextBoolean() ? List.of() : List.of(replacement));
  }

  private static TreeMap<Long, BigDecimal> readings(Random random, CounterRules rules) {
    var readings = new TreeMap<Long, BigDecimal>();
    long ts = START;
    long tenths = 0;
    for (int i = 0; i < 2_500; i++) {
      ts += random.nextInt(500) == 0 ? random.nextInt(20_000_000) : 1 + random.nextInt(60_000);
      tenths += random.nextInt(20);
      if (random.nextInt(1_500) == 0 || (rules.rollOver().signum() > 0 && tenths >= 10_000)) {
        tenths = random.nextInt(30);
      }
      readings.put(ts, BigDecimal.valueOf(tenths, 1));
    }
    return readings;
  }

  /// In two halves, so that the second comes late into sealed blocks; a part stays in memory.
  private static void save(
      CommitStore commits,
      TimeseriesStore store,
      TreeMap<Long, BigDecimal> readings,
      Random random) {
    boolean areWhole = readings.values().stream().allMatch(v -> v.scale() <= 0);
    var points = new ArrayList<Point>();
    readings.forEach(
        (ts, v) ->
            points.add(
                new Point(
                    "m",
                    ts,
                    areWhole ? new JsonLong(v.longValue()) : new JsonDouble(v.doubleValue()))));
    var late = new ArrayList<Point>();
    points.removeIf(point -> random.nextInt(40) == 0 && late.add(point));
    Collections.shuffle(late, random);
    for (var part : List.of(points, late.subList(0, late.size() / 2), late)) {
      try (var commit = commits.begin()) {
        store.save(commit, DEVICE, List.copyOf(part));
        commit.write();
      }
      assertThat(part == late || store.seal()).isTrue();
    }
  }

  private static Interval interval(Random random) {
    return random.nextBoolean()
        ? Interval.of(random.nextBoolean() ? Interval.Unit.HOUR : Interval.Unit.DAY, BERLIN)
        : Interval.ofMillis(600_000 + random.nextInt(30_000_000));
  }

  private static void checkBuckets(
      List<Consumption> found,
      TreeMap<Long, BigDecimal> readings,
      CounterRules rules,
      Interval interval,
      long from,
      long until) {
    for (var bucket : found) {
      assertThat(bucket.amount().signum()).isNotNegative();
      assertThat(bucket.fromTs()).isEqualTo(interval.startOf(bucket.fromTs(), from));
      assertThat(bucket.amount().doubleValue())
          .as("%s in %s", rules, bucket)
          .isCloseTo(naive(readings, rules, bucket.fromTs(), bucket.untilTs()), within(1e-4));
    }
    var sum = found.stream().map(Consumption::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum.doubleValue()).isCloseTo(naive(readings, rules, from, until), within(1e-4));
  }

  /// To the last digit, whatever the buckets are.
  private static void checkTotal(
      ValueHistory history, TreeMap<Long, BigDecimal> readings, CounterRules rules) {
    var span =
        new ValueHistory.Span(
            DEVICE,
            "m",
            readings.firstKey(),
            readings.lastKey() + 1,
            Interval.of(Interval.Unit.HOUR, BERLIN));
    var sum =
        history.consumption(span, rules, Optional.empty()).stream()
            .map(Consumption::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var expected = BigDecimal.ZERO;
    Map.Entry<Long, BigDecimal> before = null;
    for (var reading : readings.entrySet()) {
      if (before != null) {
        expected =
            expected.add(
                rules.increase(
                    before.getKey(), before.getValue(), reading.getKey(), reading.getValue()));
      }
      before = reading;
    }
    assertThat(sum).isEqualByComparingTo(expected);
  }

  private static double naive(
      TreeMap<Long, BigDecimal> readings, CounterRules rules, long from, long until) {
    double sum = 0;
    Map.Entry<Long, BigDecimal> before = null;
    for (var reading : readings.entrySet()) {
      if (before != null) {
        double increase =
            rules
                .increase(before.getKey(), before.getValue(), reading.getKey(), reading.getValue())
                .doubleValue();
        if (rules.gaps() == CounterRules.Gaps.ARRIVAL) {
          sum += reading.getKey() >= from && reading.getKey() < until ? increase : 0;
        } else {
          double span = reading.getKey() - before.getKey();
          double shared =
              Math.min(until, reading.getKey()) - (double) Math.max(from, before.getKey());
          sum += Math.max(0, shared) / span * increase;
        }
      }
      before = reading;
    }
    return sum;
  }
}
