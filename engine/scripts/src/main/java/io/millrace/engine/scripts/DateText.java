package io.millrace.engine.scripts;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads dates that scripts get as text: ISO 8601, and the forms that `Date` itself writes.
final class DateText {
  private static final int LENGTH_MAX = 100;
  private static final Pattern ISO =
      Pattern.compile(
          "([+-]\\d{6}|\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?"
              + "(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?\\s?(Z|[+-]\\d\\d:?\\d\\d)?)?");
  private static final List<DateTimeFormatter> OTHERS =
      List.of(
          form("EEE MMM d uuuu HH:mm:ss 'GMT'xx"),
          form("EEE, d MMM uuuu HH:mm:ss 'GMT'"),
          form("EEE, d MMM uuuu HH:mm:ss xx"),
          form("EEE MMM d uuuu"),
          form("MMM d, uuuu HH:mm:ss"),
          form("MMM d, uuuu"),
          form("d MMM uuuu HH:mm:ss"),
          form("d MMM uuuu"),
          form("M/d/uuuu HH:mm:ss"),
          form("M/d/uuuu"),
          form("uuuu/M/d HH:mm:ss"),
          form("uuuu/M/d"));

  private DateText() {}

  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }

  /// Milliseconds since 1970, or NaN.
  static double parse(String text, ZoneId zone) {
    var trimmed = text.trim();
    if (trimmed.length() > LENGTH_MAX) {
      return Double.NaN;
    }
    var iso = ISO.matcher(trimmed);
    try {
      return iso.matches() ? ofIso(iso, zone) : ofOthers(trimmed, zone);
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  private static double ofIso(Matcher iso, ZoneId zone) {
    var day = LocalDate.of(Integer.parseInt(iso.group(1)), number(iso, 2, 1), number(iso, 3, 1));
    boolean isMidnight = iso.group(4) != null && number(iso, 4, 0) == 24;
    if (isMidnight && (number(iso, 5, 0) != 0 || number(iso, 6, 0) != 0)) {
      return Double.NaN;
    }
    var time =
        LocalTime.of(isMidnight ? 0 : number(iso, 4, 0), number(iso, 5, 0), number(iso, 6, 0));
    var offset = iso.group(8);
    // ECMAScript: a day alone is UTC, a day with a time is local
    var where =
        offset == null ? (iso.group(4) == null ? ZoneOffset.UTC : zone) : ZoneOffset.of(offset);
    long whole =
        day.plusDays(isMidnight ? 1 : 0).atTime(time).atZone(where).toInstant().toEpochMilli();
    return whole + millis(iso.group(7));
  }

  private static int number(Matcher iso, int group, int missing) {
    var digits = iso.group(group);
    return digits == null ? missing : Integer.parseInt(digits);
  }

  private static long millis(@Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
  }

  private static double ofOthers(String text, ZoneId zone) {
    int bracket = text.indexOf(" (");
    var bare = bracket > 0 ? text.substring(0, bracket) : text;
    return OTHERS.stream()
        .mapToDouble(form -> ofForm(form, bare, zone))
        .filter(Double::isFinite)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double ofForm(DateTimeFormatter form, String text, ZoneId zone) {
    var parsed = form.parseUnresolved(text, new ParsePosition(0));
    if (parsed == null) {
      return Double.NaN;
    }
    try {
      var resolved = form.parse(text);
      var time = resolved.query(TemporalQueries.localTime());
      var offset = resolved.query(TemporalQueries.offset());
      var where = offset != null ? offset : text.endsWith("GMT") ? ZoneOffset.UTC : zone;
      return LocalDate.from(resolved)
          .atTime(time == null ? LocalTime.MIDNIGHT : time)
          .atZone(where)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      return Double.NaN; // the form fits, the day does not exist
    }
  }
}
