package io.millrace.engine.fields;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/// How time is cut into windows: ThingsBoard's AggInterval.
///
/// @param seconds of a `CUSTOM` window, counted from midnight
/// @param offset that windows begin later, in seconds
record Windows(Unit unit, ZoneId zone, long seconds, long offset) {
  private static final long DAY_SECONDS = 86_400;

  /// ThingsBoard's AggIntervalType.
  enum Unit {
    HOUR,
    DAY,
    WEEK,
    WEEK_SUN_SAT,
    MONTH,
    QUARTER,
    YEAR,
    CUSTOM
  }

  static Windows read(JsonObject configuration, Duration shortest) {
    if (!(configuration.get("interval") instanceof JsonObject json)) {
      throw new IllegalArgumentException("Interval must be defined.");
    }
    var unit = Argument.choice(Unit.class, "interval.type", json.text("type", ""));
    long seconds = json.get("durationSec") instanceof JsonLong(long given) ? given : 0;
    if (unit == Unit.CUSTOM && (seconds < shortest.toSeconds() || seconds > DAY_SECONDS)) {
      throw new IllegalArgumentException(
          "interval.durationSec=%d; it must be fields.windowMin=%s to %d s."
              .formatted(seconds, shortest, DAY_SECONDS));
    }
    long offset = json.get("offsetSec") instanceof JsonLong(long given) ? given : 0;
    var windows = new Windows(unit, zone(json.text("tz", "")), seconds, offset);
    long length = windows.end(0) - windows.start(0);
    if (offset < 0 || offset * 1000 >= length) {
      throw new IllegalArgumentException(
          "interval.offsetSec=%d; it must be 0 to less than the interval.".formatted(offset));
    }
    return windows;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Invalid timezone in interval: " + e.getMessage(), e);
    }
  }

  /// The beginning of the window that a time is in.
  long start(long ts) {
    return begin(ts).plusSeconds(offset).toInstant().toEpochMilli();
  }

  /// The end of the window that a time is in, which is the beginning of the next.
  long end(long ts) {
    return next(begin(ts)).plusSeconds(offset).toInstant().toEpochMilli();
  }

  private ZonedDateTime begin(long ts) {
    var at = Instant.ofEpochMilli(ts).atZone(zone).minusSeconds(offset);
    var day = at.toLocalDate();
    return switch (unit) {
      case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day.atStartOfDay(zone);
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(zone);
      case WEEK_SUN_SAT ->
          day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).atStartOfDay(zone);
      case MONTH -> day.withDayOfMonth(1).atStartOfDay(zone);
      case QUARTER ->
          day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1).atStartOfDay(zone);
      case YEAR -> day.withDayOfYear(1).atStartOfDay(zone);
      case CUSTOM -> {
        var midnight = day.atStartOfDay(zone);
        long passed = Duration.between(midnight, at).toSeconds();
        yield midnight.plusSeconds(passed / seconds * seconds);
      }
    };
  }

  private ZonedDateTime next(ZonedDateTime begin) {
    return switch (unit) {
      case HOUR -> begin.plusHours(1);
      case DAY -> begin.plusDays(1);
      case WEEK, WEEK_SUN_SAT -> begin.plusWeeks(1);
      case MONTH -> begin.plusMonths(1);
      case QUARTER -> begin.plusMonths(3);
      case YEAR -> begin.plusYears(1);
      case CUSTOM -> begin.plusSeconds(seconds);
    };
  }
}
