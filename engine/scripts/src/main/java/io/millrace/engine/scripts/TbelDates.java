package io.millrace.engine.scripts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// TBEL's `Date`, which is ThingsBoard's own: months count from 1, Monday is 1, Sunday 7.
final class TbelDates {
  static final Set<String> NAMES =
      Set.of(
          "addYears",
          "addMonths",
          "addWeeks",
          "addDays",
          "addHours",
          "addMinutes",
          "addSeconds",
          "parseSecond",
          "parseSecondMilli",
          "toLocaleString",
          "toLocaleDateString",
          "toLocaleTimeString");
  private static final List<ChronoField> TIME =
      List.of(
          ChronoField.HOUR_OF_DAY,
          ChronoField.MINUTE_OF_HOUR,
          ChronoField.SECOND_OF_MINUTE,
          ChronoField.MILLI_OF_SECOND);
  private static final List<ChronoField> DAY =
      List.of(ChronoField.YEAR, ChronoField.MONTH_OF_YEAR, ChronoField.DAY_OF_MONTH);
  private static final Map<String, List<ChronoField>> FIELDS =
      Map.of(
          "FullYear", DAY,
          "Month", DAY.subList(1, 3),
          "Date", DAY.subList(2, 3),
          "Day", List.of(ChronoField.DAY_OF_WEEK),
          "Hours", TIME,
          "Minutes", TIME.subList(1, 4),
          "Seconds", TIME.subList(2, 4),
          "Milliseconds", TIME.subList(3, 4));

  private TbelDates() {}

  static Object construct(Object[] arguments, Run run) {
    var zone = run.world().zone();
    if (arguments.length == 0) {
      return ScriptDate.now(run);
    }
    try {
      if (!(arguments[0] instanceof String text)) {
        return new ScriptDate(
            arguments.length == 1
                ? TbelNumbers.number(arguments[0]).doubleValue()
                : millis(arguments, zone),
            zone);
      }
      return new ScriptDate(
          arguments.length == 1 ? parsed(text, zone) : parsed(text, arguments, zone, run), zone);
    } catch (DateTimeException e) {
      throw Errors.range("This is no date: " + e.getMessage());
    }
  }

  private static double parsed(String text, ZoneId zone) {
    double millis = DateText.parse(text, zone);
    if (Double.isNaN(millis)) {
      throw Errors.range("Cannot parse value [" + text + "] as a date");
    }
    return millis;
  }

  /// (text, pattern, locale = en, zone = that of the text or the settings')
  private static double parsed(String text, Object[] arguments, ZoneId zone, Run run) {
    var locale = arguments.length > 2 ? TbelText.of(arguments[2], run) : "en";
    var format =
        DateTimeFormatter.ofPattern(TbelText.of(arguments[1], run), Locale.forLanguageTag(locale));
    if (arguments.length > 3) {
      var own = ZoneId.of(TbelText.of(arguments[3], run));
      return LocalDateTime.parse(text, format).atZone(own).toInstant().toEpochMilli();
    }
    TemporalAccessor found = format.parseBest(text, Instant::from, LocalDateTime::from);
    return found instanceof LocalDateTime local
        ? local.atZone(zone).toInstant().toEpochMilli()
        : Instant.from(found).toEpochMilli();
  }

  /// (year, month from 1, day, hour, minute, second, millisecond, time zone)
  private static double millis(Object[] arguments, ZoneId zone) {
    int[] fields = {1970, 1, 1, 0, 0, 0, 0};
    var place = zone;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof String name) {
        place = ZoneId.of(name);
      } else if (i < fields.length) {
        fields[i] = TbelNumbers.integer(arguments[i]);
      }
    }
    int year = fields[0] < 70 ? 2000 + fields[0] : fields[0] < 100 ? 1900 + fields[0] : fields[0];
    return ZonedDateTime.of(
            year,
            fields[1],
            fields[2],
            fields[3],
            fields[4],
            fields[5],
            fields[6] * 1_000_000,
            place)
        .toInstant()
        .toEpochMilli();
  }

  static @Nullable Object callStatic(String name, Object[] arguments, Run run) {
    return switch (name) {
      case "now" -> run.world().clock().millis();
      case "UTC" -> (long) millis(arguments, ZoneOffset.UTC);
      case "parse" -> parse(arguments, run);
      default -> null;
    };
  }

  /// ThingsBoard: what cannot be read is -1.
  private static long parse(Object[] arguments, Run run) {
    var text = TbelText.of(TbelOps.argument(arguments, 0), run);
    try {
      double millis =
          arguments.length > 1
              ? parsed(text, arguments, run.world().zone(), run)
              : DateText.parse(text, run.world().zone());
      return Double.isNaN(millis) ? -1 : (long) millis;
    } catch (DateTimeException | IllegalArgumentException _) { // the answer says so
      return -1;
    }
  }

  static @Nullable Object call(ScriptDate date, String name, Object[] arguments, Run run) {
    try {
      return switch (name) {
        case "getTime", "valueOf", "parseSecondMilli" -> (long) date.millis();
        case "parseSecond" -> Math.floorDiv((long) date.millis(), 1_000L);
        case "setTime" -> {
          date.millis(TbelNumbers.number(TbelOps.argument(arguments, 0)).doubleValue());
          yield (long) date.millis();
        }
        case "toISOString", "toJSON" -> date.isoText();
        default -> field(date, name, arguments, run);
      };
    } catch (DateTimeException e) {
      throw Errors.range(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static @Nullable Object field(ScriptDate date, String name, Object[] arguments, Run run) {
    if (name.startsWith("add")) {
      return add(date, name, arguments);
    }
    if (name.startsWith("to")) {
      return TbelDateText.of(date, name, arguments, run);
    }
    boolean isUtc = name.startsWith("UTC", 3);
    var fields = FIELDS.get(name.length() < 4 ? "" : name.substring(isUtc ? 6 : 3));
    if (fields == null) {
      return null;
    }
    var at =
        Instant.ofEpochMilli((long) date.millis()).atZone(isUtc ? ZoneOffset.UTC : date.zone());
    if (name.startsWith("get")) {
      return at.get(fields.getFirst());
    }
    return name.startsWith("set") ? set(date, at, fields, arguments) : null;
  }

  private static Object set(
      ScriptDate date, ZonedDateTime before, List<ChronoField> fields, Object[] arguments) {
    var at = before;
    boolean isMonthOnly = fields.getFirst() == ChronoField.MONTH_OF_YEAR && arguments.length == 1;
    if (isMonthOnly) { // ThingsBoard: days that the month does not have are of the next one
      at = at.withDayOfMonth(1);
    }
    for (int i = 0; i < Math.min(arguments.length, fields.size()); i++) {
      at = at.with(fields.get(i), TbelNumbers.integer(arguments[i]));
    }
    if (isMonthOnly) {
      at = at.plusDays(before.getDayOfMonth() - 1L);
    }
    date.millis((double) at.toInstant().toEpochMilli());
    return (long) date.millis();
  }

  private static @Nullable Object add(ScriptDate date, String name, Object[] arguments) {
    var unit =
        switch (name) {
          case "addYears" -> ChronoUnit.YEARS;
          case "addMonths" -> ChronoUnit.MONTHS;
          case "addWeeks" -> ChronoUnit.WEEKS;
          case "addDays" -> ChronoUnit.DAYS;
          case "addHours" -> ChronoUnit.HOURS;
          case "addMinutes" -> ChronoUnit.MINUTES;
          case "addSeconds" -> ChronoUnit.SECONDS;
          default -> null;
        };
    if (unit == null) {
      return null;
    }
    var at = Instant.ofEpochMilli((long) date.millis()).atZone(ZoneOffset.UTC);
    int count = TbelNumbers.integer(TbelOps.argument(arguments, 0));
    date.millis((double) at.plus(count, unit).toInstant().toEpochMilli());
    return (long) date.millis();
  }
}
