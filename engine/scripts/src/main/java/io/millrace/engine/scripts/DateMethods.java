package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JavaScript's `Date`: constructor, functions and methods.
final class DateMethods {
  static final Set<String> NAMES =
      Set.of(
          "getTime",
          "valueOf",
          "getFullYear",
          "getMonth",
          "getDate",
          "getDay",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds",
          "getTimezoneOffset",
          "toISOString",
          "toJSON",
          "toString",
          "toDateString",
          "toTimeString",
          "toUTCString",
          "getUTCFullYear",
          "getUTCMonth",
          "getUTCDate",
          "getUTCDay",
          "getUTCHours",
          "getUTCMinutes",
          "getUTCSeconds",
          "getUTCMilliseconds",
          "setTime",
          "setFullYear",
          "setMonth",
          "setDate",
          "setHours",
          "setMinutes",
          "setSeconds",
          "setMilliseconds",
          "setUTCFullYear",
          "setUTCMonth",
          "setUTCDate",
          "setUTCHours",
          "setUTCMinutes",
          "setUTCSeconds",
          "setUTCMilliseconds");

  private static final int FIELDS = 7;

  private DateMethods() {}

  static Object construct(Object[] arguments, Run run) {
    var zone = run.world().zone();
    if (arguments.length == 0) {
      return ScriptDate.now(run);
    }
    if (arguments.length > 1) {
      return new ScriptDate(ofFields(arguments, zone), zone);
    }
    var value = arguments[0];
    if (value instanceof String text) {
      return new ScriptDate(DateText.parse(text, zone), zone);
    }
    return new ScriptDate(Conversions.number(value), zone);
  }

  static @Nullable Object callStatic(String name, Object[] arguments, Run run) {
    return switch (name) {
      case "now" -> (double) run.world().clock().millis();
      case "parse" ->
          DateText.parse(
              Conversions.text(arguments.length > 0 ? arguments[0] : UNDEFINED, run),
              run.world().zone());
      case "UTC" -> ofFields(arguments, ZoneOffset.UTC);
      default -> null;
    };
  }

  /// Year, month from 0, day, hour, minute, second, millisecond; any of them may overflow.
  private static double ofFields(Object[] arguments, ZoneId zone) {
    double[] fields = {Double.NaN, 0, 1, 0, 0, 0, 0};
    for (int i = 0; i < Math.min(FIELDS, arguments.length); i++) {
      fields[i] = truncate(Conversions.number(arguments[i]));
    }
    if (fields[0] >= 0 && fields[0] <= 99) {
      fields[0] += 1900; // ECMAScript: two digits are of the last century
    }
    return ofFields(fields, zone);
  }

  private static double truncate(double number) {
    return number < 0 ? Math.ceil(number) : Math.floor(number);
  }

  private static double ofFields(double[] fields, ZoneId zone) {
    double sum = 0;
    for (double field : fields) {
      sum += Math.abs(field);
    }
    if (Double.isNaN(sum)
        || sum > 1e16
        || Math.abs(fields[0]) > 300_000
        || Math.abs(fields[1]) > 3_000_000) {
      return Double.NaN;
    }
    var day =
        LocalDate.of((int) fields[0], 1, 1).plusMonths((long) fields[1]).toEpochDay()
            + fields[2]
            - 1;
    double millis =
        day * 86_400_000.0
            + fields[3] * 3_600_000.0
            + fields[4] * 60_000.0
            + fields[5] * 1_000.0
            + fields[6];
    return Math.abs(millis) > ScriptDate.MILLIS_MAX + 86_400_000.0
        ? Double.NaN
        : local((long) millis, zone);
  }

  /// Milliseconds of a wall clock to milliseconds since 1970.
  private static double local(long wall, ZoneId zone) {
    var seconds = Math.floorDiv(wall, 1000L);
    var time =
        LocalDateTime.ofEpochSecond(
            seconds, (int) Math.floorMod(wall, 1000L) * 1_000_000, ZoneOffset.UTC);
    return time.atZone(zone).toInstant().toEpochMilli();
  }

  static @Nullable Object call(ScriptDate date, String name, Object[] arguments, Run run) {
    run.step();
    return switch (name) {
      case "getTime", "valueOf" -> date.millis();
      case "toISOString" -> date.isoText();
      case "toJSON" -> date.isValid() ? date.isoText() : io.millrace.base.json.JsonNull.NULL;
      case "toString" -> date.text();
      case "toDateString" -> date.dayText();
      case "toTimeString" -> date.timeText();
      case "toUTCString" -> date.utcText();
      case "setTime" -> {
        date.millis(arguments.length > 0 ? Conversions.number(arguments[0]) : Double.NaN);
        yield date.millis();
      }
      default -> NAMES.contains(name) ? field(date, name, arguments) : null;
    };
  }

  private static Object field(ScriptDate date, String name, Object[] arguments) {
    boolean isUtc = name.startsWith("UTC", 3);
    var zone = isUtc ? ZoneOffset.UTC : date.zone();
    var field = name.substring(isUtc ? 6 : 3);
    if (name.startsWith("get")) {
      return date.isValid() ? get(date.at(zone), field) : Double.NaN;
    }
    set(date, zone, field, arguments);
    return date.millis();
  }

  private static double get(ZonedDateTime time, String field) {
    return switch (field) {
      case "FullYear" -> time.getYear();
      case "Month" -> time.getMonthValue() - 1;
      case "Date" -> time.getDayOfMonth();
      case "Day" -> time.getDayOfWeek().getValue() % 7;
      case "Hours" -> time.getHour();
      case "Minutes" -> time.getMinute();
      case "Seconds" -> time.getSecond();
      case "Milliseconds" -> time.get(ChronoField.MILLI_OF_SECOND);
      case "TimezoneOffset" -> -time.getOffset().getTotalSeconds() / 60.0;
      default -> throw new IllegalStateException("Date field " + field);
    };
  }

  private static void set(ScriptDate date, ZoneId zone, String field, Object[] arguments) {
    if (!date.isValid() && !field.equals("FullYear")) {
      return;
    }
    var time = date.isValid() ? date.at(zone) : LocalDate.EPOCH.atStartOfDay(zone);
    double[] fields = {
      time.getYear(),
      time.getMonthValue() - 1,
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond(),
      time.get(ChronoField.MILLI_OF_SECOND)
    };
    int first =
        switch (field) {
          case "FullYear" -> 0;
          case "Month" -> 1;
          case "Date" -> 2;
          case "Hours" -> 3;
          case "Minutes" -> 4;
          case "Seconds" -> 5;
          default -> 6;
        };
    int most = field.equals("Date") ? 1 : first < 3 ? 3 - first : FIELDS - first;
    fields[first] = Double.NaN;
    for (int i = 0; i < Math.min(most, arguments.length); i++) {
      fields[first + i] = truncate(Conversions.number(arguments[i]));
    }
    date.millis(ofFields(fields, zone));
  }
}
