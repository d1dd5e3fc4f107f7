package io.millrace.store.timeseries;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;

/// How a stretch of time is cut into the intervals of an aggregate.
public sealed interface Interval permits Interval.Millis, Interval.Calendar, TariffSlices {
  /// The start of the interval that holds `ts`, when the cutting begins at `fromTs`.
  long startOf(long ts, long fromTs);

  /// The end, exclusive, of the interval that holds `ts`.
  long endOf(long ts, long fromTs);

  /// How long the shortest one is, about.
  long shortestMs();

  static Interval ofMillis(long lengthMs) {
    return new Millis(lengthMs);
  }

  static Interval of(Unit unit, ZoneId zone) {
    return new Calendar(unit, zone);
  }

  /// Hours, days, … of a calendar. The names of weeks, months and quarters are ThingsBoard's.
  enum Unit {
    HOUR(3_600_000L),
    DAY(23 * 3_600_000L),
    /// From Sunday to Saturday.
    WEEK(7 * 86_000_000L),
    /// From Monday to Sunday.
    WEEK_ISO(7 * 86_000_000L),
    MONTH(28 * 86_000_000L),
    QUARTER(90 * 86_000_000L),
    YEAR(365 * 86_000_000L);

    private final long shortestMs;

    Unit(long shortestMs) {
      this.shortestMs = shortestMs;
    }
  }

  /// All of the same length, counted from where the query begins.
  record Millis(long lengthMs) implements Interval {
    public Millis {
      if (lengthMs < 1) {
        throw new IllegalArgumentException(
            "interval=%d ms; an aggregate needs an interval of 1 ms or more".formatted(lengthMs));
      }
    }

    @Override
    public long startOf(long ts, long fromTs) {
      return ts - Math.floorMod(ts - fromTs, lengthMs);
    }

    @Override
    public long endOf(long ts, long fromTs) {
      long start = startOf(ts, fromTs);
      return start + lengthMs < start ? Long.MAX_VALUE : start + lengthMs;
    }

    @Override
    public long shortestMs() {
      return lengthMs;
    }
  }

  /// As the clocks of a zone show it: a day of daylight saving has 23 or 25 hours.
  record Calendar(Unit unit, ZoneId zone) implements Interval {
    @Override
    public long startOf(long ts, long fromTs) {
      return Math.max(fromTs, unit == Unit.HOUR ? hour(ts) : midnight(first(ts), Long.MIN_VALUE));
    }

    @Override
    public long endOf(long ts, long fromTs) {
      return unit == Unit.HOUR ? hourEnd(ts) : midnight(after(first(ts)), Long.MAX_VALUE);
    }

    @Override
    public long shortestMs() {
      return unit.shortestMs;
    }

    /// Hours begin at full hours of the zone, and anew where its offset changes.
    private long hour(long ts) {
      long start = floorHour(ts);
      var change = zone.getRules().previousTransition(Instant.ofEpochMilli(ts).plusMillis(1));
      return change == null ? start : Math.max(start, millis(change.getInstant(), Long.MIN_VALUE));
    }

    private long hourEnd(long ts) {
      long end = floorHour(ts) + Unit.HOUR.shortestMs;
      var change = zone.getRules().nextTransition(Instant.ofEpochMilli(ts));
      return change == null ? end : Math.min(end, millis(change.getInstant(), Long.MAX_VALUE));
    }

    private long floorHour(long ts) {
      long offsetMs =
          zone.getRules().getOffset(Instant.ofEpochMilli(ts)).getTotalSeconds() * 1_000L;
      return ts - Math.floorMod(ts + offsetMs, Unit.HOUR.shortestMs);
    }

    private LocalDate first(long ts) {
      var date = Instant.ofEpochMilli(ts).atZone(zone).toLocalDate();
      return switch (unit) {
        case HOUR, DAY -> date;
        case WEEK -> date.with(WeekFields.SUNDAY_START.dayOfWeek(), 1);
        case WEEK_ISO -> date.with(WeekFields.ISO.dayOfWeek(), 1);
        case MONTH -> date.withDayOfMonth(1);
        case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
        case YEAR -> date.withDayOfYear(1);
      };
    }

    private LocalDate after(LocalDate first) {
      return switch (unit) {
        case HOUR, DAY -> first.plusDays(1);
        case WEEK, WEEK_ISO -> first.plusWeeks(1);
        case MONTH -> first.plusMonths(1);
        case QUARTER -> first.plusMonths(3);
        case YEAR -> first.plus(1, ChronoUnit.YEARS);
      };
    }

    private long midnight(LocalDate date, long beyond) {
      try {
        return millis(date.atStartOfDay(zone).toInstant(), beyond);
      } catch (DateTimeException e) {
        return beyond;
      }
    }

    private static long millis(Instant instant, long beyond) {
      try {
        return instant.toEpochMilli();
      } catch (ArithmeticException e) {
        return beyond;
      }
    }
  }
}
