package io.millrace.engine.rules.conditions;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// When a rule is in force: ThingsBoard's schedules, with holidays and several windows a day.
///
/// @param windows any of them; none means always
/// @param holidays days `2026-12-25`, or every year `12-25`, on which it is not in force
/// @param attribute an attribute whose JSON text replaces this schedule; empty for none
public record Schedule(
    ZoneId zone, List<Window> windows, Set<String> holidays, Threshold attribute) {
  public static final Schedule ALWAYS =
      new Schedule(ZoneOffset.UTC, List.of(), Set.of(), Threshold.fixed(new JsonString("")));

  private static final long DAY_MS = 24L * 3600 * 1000;

  /// Part of one day, or of several days of the week.
  ///
  /// @param days 1 is Monday; none means all
  /// @param fromMs milliseconds from the start of the day
  /// @param untilMs exclusive; smaller than `fromMs` when it lies on the next day
  public record Window(Set<Integer> days, long fromMs, long untilMs) {
    public Window {
      days = Set.copyOf(days);
    }

    boolean holds(int day, long ms) {
      if (!days.isEmpty() && !days.contains(day)) {
        return false;
      }
      return fromMs <= untilMs ? fromMs <= ms && ms < untilMs : fromMs < ms || ms < untilMs;
    }
  }

  public Schedule {
    windows = List.copyOf(windows);
    holidays = Set.copyOf(holidays);
  }

  /// Reads ThingsBoard's JSON; null means always.
  ///
  /// @throws IllegalArgumentException naming what is wrong with it
  static Schedule read(@Nullable JsonValue given) {
    if (!(given instanceof JsonObject json)) {
      return ALWAYS;
    }
    var windows = new ArrayList<Window>();
    switch (json.text("type", "ANY_TIME")) {
      case "ANY_TIME" -> {}
      case "SPECIFIC_TIME" -> windows.add(window(json, days(json.get("daysOfWeek"))));
      case "CUSTOM" -> items(json, windows);
      default ->
          throw new IllegalArgumentException(
              "The schedule type is \"%s\"; it must be ANY_TIME, SPECIFIC_TIME or CUSTOM."
                  .formatted(json.text("type", "")));
    }
    var dynamic =
        json.get("dynamicValue") == null
            ? json.get("dynamicSchedule") // ThingsBoard 4.3's name
            : json.get("dynamicValue");
    return new Schedule(
        zone(json.text("timezone", "UTC")),
        windows,
        texts(json.get("holidays")),
        dynamic instanceof JsonObject source
            ? Threshold.read(JsonObject.of("dynamicValue", source))
            : ALWAYS.attribute);
  }

  boolean isActive(long ts, Facts facts) {
    if (attribute.isDynamic()) {
      var own = attribute.of(facts);
      if (own != null) {
        return read(parsed(own)).isActiveAt(ts);
      }
    }
    return isActiveAt(ts);
  }

  private boolean isActiveAt(long ts) {
    if (windows.isEmpty() && holidays.isEmpty()) {
      return true;
    }
    var local = Instant.ofEpochMilli(ts).atZone(zone);
    if (isHoliday(local.toLocalDate())) {
      return false;
    }
    long startOfDay = local.toLocalDate().atStartOfDay(zone).toInstant().toEpochMilli();
    int day = local.getDayOfWeek().getValue();
    return windows.isEmpty()
        || windows.stream().anyMatch(window -> window.holds(day, ts - startOfDay));
  }

  private boolean isHoliday(LocalDate day) {
    return holidays.contains(day.toString()) || holidays.contains(day.toString().substring(5));
  }

  private static JsonValue parsed(JsonValue own) {
    try {
      return own instanceof JsonString(var text) ? Json.parse(text) : own;
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The attribute that holds the schedule is not JSON: %s".formatted(e.getMessage()), e);
    }
  }

  private static void items(JsonObject json, List<Window> windows) {
    if (json.get("items") instanceof JsonArray items) {
      for (var each : items.values()) {
        if (each instanceof JsonObject item && item.get("enabled") == JsonBoolean.TRUE) {
          windows.add(window(item, Set.of((int) number(item, "dayOfWeek"))));
        }
      }
    }
    if (windows.isEmpty()) {
      windows.add(new Window(Set.of(8), 0, 0)); // no day is enabled: never
    }
  }

  private static Window window(JsonObject json, Set<Integer> days) {
    long until = number(json, "endsOn");
    return new Window(days, number(json, "startsOn"), until == 0 ? DAY_MS : until);
  }

  private static Set<Integer> days(@Nullable JsonValue list) {
    var days = new TreeSet<Integer>();
    if (list instanceof JsonArray array) {
      for (var each : array.values()) {
        if (each instanceof JsonLong(long day)) {
          days.add((int) day);
        }
      }
    }
    return days;
  }

  private static Set<String> texts(@Nullable JsonValue list) {
    var texts = new TreeSet<String>();
    if (list instanceof JsonArray array) {
      array.values().forEach(each -> texts.add(each.asText()));
    }
    return texts;
  }

  private static ZoneId zone(String name) {
    try {
      return name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The schedule's time zone \"%s\" is not known; write it as Europe/Berlin."
              .formatted(name),
          e);
    }
  }

  private static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(long value) ? value : 0;
  }
}
