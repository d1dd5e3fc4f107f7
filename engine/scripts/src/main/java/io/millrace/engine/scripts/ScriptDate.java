package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A `Date`: milliseconds since 1970, or NaN, in the time zone of the settings.
final class ScriptDate implements Thing {
  static final double MILLIS_MAX = 8.64e15; // ECMAScript: 100 million days around 1970
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE MMM dd uuuu", Locale.US);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'GMT'xx", Locale.US);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US);
  private static final DateTimeFormatter AFTER_YEAR =
      DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);

  private final ZoneId zone;
  private double millis;

  ScriptDate(double millis, ZoneId zone) {
    this.zone = zone;
    this.millis = clip(millis);
  }

  static ScriptDate now(Run run) {
    return new ScriptDate(run.world().clock().millis(), run.world().zone());
  }

  private static double clip(double millis) {
    return Math.abs(millis) <= MILLIS_MAX ? (double) (long) millis : Double.NaN;
  }

  double millis() {
    return millis;
  }

  void millis(double changed) {
    millis = clip(changed);
  }

  ZoneId zone() {
    return zone;
  }

  boolean isValid() {
    return !Double.isNaN(millis);
  }

  ZonedDateTime at(ZoneId where) {
    return Instant.ofEpochMilli((long) millis).atZone(where);
  }

  String text() {
    if (!isValid()) {
      return "Invalid Date";
    }
    return dayText() + " " + timeText();
  }

  String dayText() {
    return isValid() ? DAY.format(at(zone)) : "Invalid Date";
  }

  String timeText() {
    var name = zone.getId().equals("UTC") ? "GMT" : zone.getDisplayName(TextStyle.SHORT, Locale.US);
    return isValid() ? TIME.format(at(zone)) + " (" + name + ")" : "Invalid Date";
  }

  String utcText() {
    return isValid() ? UTC.format(at(ZoneOffset.UTC)) : "Invalid Date";
  }

  String isoText() {
    if (!isValid()) {
      throw Errors.range("Invalid time value");
    }
    var time = at(ZoneOffset.UTC);
    int year = time.getYear();
    if (year >= 0 && year <= 9999) {
      return ISO.format(time);
    }
    return String.format(Locale.US, "%s%06d", year < 0 ? "-" : "+", Math.abs(year))
        + AFTER_YEAR.format(time);
  }

  JsonValue json(Run run) {
    run.step();
    return isValid() ? new JsonString(isoText()) : JsonNull.NULL;
  }

  @Override
  public @Nullable Object member(String name) {
    return null;
  }

  @Override
  public void member(String name, Object value, Run run) {
    throw Errors.type("A Date takes no members here");
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    return DateMethods.call(this, name, arguments, run);
  }

  @Override
  public String className() {
    return "Date";
  }
}
