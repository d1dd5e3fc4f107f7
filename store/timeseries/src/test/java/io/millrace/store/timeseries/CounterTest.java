package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterTest {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long H = 3_600_000;
  private static final long DAY = at("2026-03-02T00:00"); // a Monday

  @TempDir Path directory;
  private CommitStore commits;
  private TimeseriesStore store;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = TimeseriesStore.open(commits);
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void aMeterThatRestartsAtZeroGivesNoSpikeAndNoNegativeUse() {
    read(DAY, 100, DAY + H, 110, DAY + 2 * H, 3, DAY + 3 * H, 5);
    assertThat(hours(CounterRules.STANDARD)).isEqualTo("10 3 2");
  }

  @Test
  void aRollOverCountsWhatWasLeftToTheEndOfTheDial() {
    read(DAY, 99_990, DAY + H, 99_998, DAY + 2 * H, 7);
    assertThat(hours(rollOver(100_000))).isEqualTo("8 9");
  }

  @Test
  void aReplacedMeterCountsBothMetersAndNotTheStepBetween() {
    read(DAY, 100, DAY + H, 104, DAY + 2 * H, 7_005);
    var replaced =
        new CounterRules.Replacement(
            DAY + H + 1, BigDecimal.valueOf(106), BigDecimal.valueOf(7_000));
    var rules =
        new CounterRules(
            BigDecimal.ZERO,
            CounterRules.OnFall.RESTART,
            BigDecimal.ZERO,
            CounterRules.Gaps.SPREAD,
            List.of(replaced));
    assertThat(hours(rules)).isEqualTo("4 7");
  }

  @Test
  void aLatePointRepairsTheBucketsItTouches() {
    read(DAY, 0, DAY + 4 * H, 40);
    assertThat(hours(CounterRules.STANDARD)).isEqualTo("10 10 10 10");
    read(DAY + 2 * H, 4);
    assertThat(store.seal()).isTrue();
    assertThat(hours(CounterRules.STANDARD)).isEqualTo("2 2 18 18");
  }

  @Test
  void aTariffPricesNightsWorkdaysAndHolidays() {
    var night =
        new Tariff.Rate(
            "night",
            money("0.10"),
            EnumSet.allOf(DayOfWeek.class),
            true,
            Set.of(),
            LocalTime.of(22, 0),
            LocalTime.of(6, 0));
    var peak =
        new Tariff.Rate(
            "peak",
            money("0.40"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            false,
            Set.of(),
            LocalTime.of(17, 0),
            LocalTime.of(20, 0));
    var tariff =
        new Tariff(
            "EUR",
            BERLIN,
            money("0.25"),
            List.of(night, peak),
            Set.of(LocalDate.of(2026, 3, 3)),
            Set.of(MonthDay.of(12, 25)));
    read(DAY, 0, DAY + 48 * H, 48); // one unit an hour, Monday and a holiday
    var days =
        new ValueHistory(store)
            .consumption(
                new ValueHistory.Span(
                    DEVICE, "m", DAY, DAY + 48 * H, Interval.of(Interval.Unit.DAY, BERLIN)),
                CounterRules.STANDARD,
                Optional.of(tariff));
    assertThat(days).hasSize(2);
    assertThat(amounts(days.get(0).byRate())).isEqualTo("{base=13, night=8, peak=3}");
    assertThat(days.get(0).cost()).isEqualByComparingTo("5.25"); // 13×0.25 + 8×0.10 + 3×0.40
    assertThat(amounts(days.get(1).byRate())).isEqualTo("{base=16, night=8}");
    assertThat(days.get(1).cost()).isEqualByComparingTo("4.80");
  }

  @Test
  void aTariffIsRightWhenTheClocksChange() {
    var night =
        new Tariff.Rate(
            "night",
            money("1"),
            EnumSet.allOf(DayOfWeek.class),
            true,
            Set.of(),
            LocalTime.MIDNIGHT,
            LocalTime.of(6, 0));
    var tariff = new Tariff("EUR", BERLIN, money("0"), List.of(night), Set.of(), Set.of());
    long from = at("2026-03-29T00:00");
    long until = at("2026-03-30T00:00");
    read(from, 0, until, 23);
    var day =
        new ValueHistory(store)
            .consumption(
                new ValueHistory.Span(
                    DEVICE, "m", from, until, Interval.of(Interval.Unit.DAY, BERLIN)),
                CounterRules.STANDARD,
                Optional.of(tariff));
    assertThat(day.getFirst().cost()).isEqualByComparingTo("5"); // 00:00 to 06:00 without 02:00
  }

  private static String amounts(Map<String, BigDecimal> byRate) {
    var whole = new java.util.TreeMap<String, String>();
    byRate.forEach((rate, amount) -> whole.put(rate, plain(amount)));
    return whole.toString();
  }

  private String hours(CounterRules rules) {
    return String.join(
        " ",
        new ValueHistory(store)
                .consumption(
                    new ValueHistory.Span(DEVICE, "m", DAY, DAY + 24 * H, Interval.ofMillis(H)),
                    rules,
                    Optional.empty())
                .stream()
                .filter(bucket -> bucket.amount().signum() > 0)
                .map(bucket -> plain(bucket.amount()))
                .toList());
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  private static CounterRules rollOver(long end) {
    return new CounterRules(
        BigDecimal.valueOf(end),
        CounterRules.OnFall.RESTART,
        BigDecimal.ZERO,
        CounterRules.Gaps.SPREAD,
        List.of());
  }

  private void read(long... tsAndValue) {
    try (var commit = commits.begin()) {
      for (int i = 0; i < tsAndValue.length; i += 2) {
        store.save(
            commit,
            DEVICE,
            List.of(new Point("m", tsAndValue[i], new JsonDouble(tsAndValue[i + 1]))));
      }
      commit.write();
    }
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private static long at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant().toEpochMilli();
  }
}
