package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.timeseries.CounterRules;
import io.millrace.store.timeseries.PositionRules;
import io.millrace.store.timeseries.Tariff;
import io.millrace.wire.http.HttpError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what a device profile says of its keys (`profileData.valueKinds`), tariffs, and changed
/// meters; whatever is wrong is said by its name. The shapes stand in `docs/value-kinds.md`.
final class ValueKinds {
  static final String VALUE_KINDS = "valueKinds";
  static final String TARIFFS = "tariffs";
  static final String REPLACEMENTS = "meterReplacements";
  private static final int RATES_MAX = 100;
  private static final BigDecimal KM_PER_HOUR_MAX = BigDecimal.valueOf(1_000);

  /// What the values of a key are.
  enum Kind {
    /// A measurement, as a temperature.
    GAUGE,
    /// A number that rises with what is consumed.
    COUNTER,
    /// What something is, until the next value.
    STATE,
    /// Where something is.
    POSITION
  }

  private ValueKinds() {}

  static Kind kind(JsonObject ofKey) {
    return Request.choice("kind", Kind.class, ofKey.text("kind", "GAUGE"));
  }

  /// Refuses a profile whose kinds could not be used later.
  static void check(JsonObject profileData) {
    var kinds = object(profileData, VALUE_KINDS);
    kinds.forEach((key, _) -> checkOne(object(kinds, key)));
  }

  private static void checkOne(JsonObject ofKey) {
    var kind = kind(ofKey);
    if (kind == Kind.COUNTER) {
      counter(ofKey, new JsonArray(List.of()));
      if (ofKey.get("tariff") instanceof JsonObject tariff) {
        tariff(tariff);
      }
    } else if (kind == Kind.STATE) {
      holdsMs(ofKey);
    } else if (kind == Kind.POSITION) {
      position(ofKey);
    }
  }

  static PositionRules position(JsonObject ofKey) {
    double fastest = decimal(ofKey, "maxKmPerHour", KM_PER_HOUR_MAX).doubleValue();
    if (fastest <= 0) {
      throw HttpError.badField("maxKmPerHour", "is %s; it must be above 0".formatted(fastest));
    }
    return new PositionRules(
        ofKey.text("longitude", ""), fastest, notNegative(ofKey, "minMeters").doubleValue());
  }

  static long holdsMs(JsonObject ofKey) {
    var holds = decimal(ofKey, "holdsMs", BigDecimal.ZERO);
    if (holds.signum() < 0 || holds.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) > 0) {
      throw HttpError.badField("holdsMs", "is %s, not a time in milliseconds".formatted(holds));
    }
    return holds.longValue();
  }

  static CounterRules counter(JsonObject ofKey, JsonArray replacements) {
    var rollOver = notNegative(ofKey, "rollOver");
    var onFall =
        Request.choice(
            "onFall",
            CounterRules.OnFall.class,
            ofKey.text("onFall", CounterRules.OnFall.RESTART.name()));
    var gaps =
        Request.choice(
            "gaps", CounterRules.Gaps.class, ofKey.text("gaps", CounterRules.Gaps.SPREAD.name()));
    var changed = new ArrayList<CounterRules.Replacement>();
    for (var each : replacements.values()) {
      if (!(each instanceof JsonObject one) || !(one.get("ts") instanceof JsonLong(long ts))) {
        throw HttpError.badField(
            REPLACEMENTS, "holds %s, not {ts, oldEnd, newStart}".formatted(each));
      }
      changed.add(
          new CounterRules.Replacement(ts, required(one, "oldEnd"), required(one, "newStart")));
    }
    changed.sort((a, b) -> Long.compare(a.ts(), b.ts()));
    return new CounterRules(rollOver, onFall, notNegative(ofKey, "maxPerHour"), gaps, changed);
  }

  static Tariff tariff(JsonObject json) {
    var rates = new ArrayList<Tariff.Rate>();
    for (var each : array(json, "rates").values()) {
      if (!(each instanceof JsonObject rate)) {
        throw HttpError.badField("rates", "holds %s, not an object".formatted(each));
      }
      rates.add(rate(rate));
    }
    if (rates.size() > RATES_MAX) {
      throw HttpError.badField(
          "rates", "has %d entries; at most %d".formatted(rates.size(), RATES_MAX));
    }
    var dates = new HashSet<LocalDate>();
    var yearly = new HashSet<MonthDay>();
    for (var each : array(json, "holidays").values()) {
      try {
        if (Tariff.isYearly(each.asText())) {
          yearly.add(MonthDay.parse("--" + each.asText()));
        } else {
          dates.add(LocalDate.parse(each.asText()));
        }
      } catch (DateTimeException e) {
        throw HttpError.badField(
            "holidays", "has '%s', not a date as 2026-12-25 or 12-25".formatted(each.asText()));
      }
    }
    return new Tariff(
        json.text("currency", ""), zone(json), required(json, "price"), rates, dates, yearly);
  }

  private static ZoneId zone(JsonObject json) {
    try {
      return ZoneId.of(json.text("timeZone", "UTC"));
    } catch (DateTimeException e) {
      throw HttpError.badField(
          "timeZone",
          "is '%s', not a zone such as Europe/Berlin".formatted(json.text("timeZone", "")));
    }
  }

  private static Tariff.Rate rate(JsonObject json) {
    var name = json.text("name", "");
    if (name.isEmpty() || name.equals(Tariff.BASE)) {
      throw HttpError.badField("name", "of a rate is missing, or is 'base'");
    }
    var days = new HashSet<DayOfWeek>();
    boolean onHolidays = false;
    for (var each : array(json, "days").values()) {
      if (each.asText().equalsIgnoreCase("HOLIDAY")) {
        onHolidays = true;
      } else {
        days.add(day(each.asText()));
      }
    }
    if (json.get("days") == null) {
      days.addAll(EnumSet.allOf(DayOfWeek.class));
      onHolidays = json.get("exceptHolidays") != JsonBoolean.TRUE;
    }
    return new Tariff.Rate(
        name,
        required(json, "price"),
        days,
        onHolidays,
        months(json),
        time(json, "from"),
        time(json, "until"));
  }

  private static DayOfWeek day(String text) {
    for (var day : DayOfWeek.values()) {
      if (text.length() >= 3 && day.name().startsWith(text.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw HttpError.badField("days", "has '%s', not MON to SUN or HOLIDAY".formatted(text));
  }

  private static Set<Month> months(JsonObject json) {
    var months = new HashSet<Month>();
    for (var each : array(json, "months").values()) {
      if (!(each instanceof JsonLong(long number)) || number < 1 || number > 12) {
        throw HttpError.badField("months", "has %s, not 1 to 12".formatted(each));
      }
      months.add(Month.of((int) number));
    }
    return months;
  }

  private static LocalTime time(JsonObject json, String name) {
    var text = json.text(name, "00:00");
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw HttpError.badField(name, "is '%s', not a time as 06:00".formatted(text));
    }
  }

  static JsonObject object(JsonObject json, String name) {
    var value = json.get(name);
    if (value == null) {
      return JsonObject.EMPTY;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw HttpError.badField(name, "is not an object");
  }

  static JsonArray array(JsonObject json, String name) {
    var value = json.get(name);
    if (value == null) {
      return new JsonArray(List.of());
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw HttpError.badField(name, "is not a list");
  }

  private static BigDecimal required(JsonObject json, String name) {
    if (json.get(name) == null) {
      throw HttpError.badField(name, "is missing");
    }
    return decimal(json, name, BigDecimal.ZERO);
  }

  private static BigDecimal notNegative(JsonObject json, String name) {
    var number = decimal(json, name, BigDecimal.ZERO);
    if (number.signum() < 0) {
      throw HttpError.badField(name, "is %s; it cannot be negative".formatted(number));
    }
    return number;
  }

  private static BigDecimal decimal(JsonObject json, String name, BigDecimal fallback) {
    JsonValue value = json.get(name);
    return switch (value) {
      case null -> fallback;
      case JsonLong(long number) -> BigDecimal.valueOf(number);
      case JsonDouble(double number) -> BigDecimal.valueOf(number);
      case JsonString(String text) -> parsed(name, text);
      default -> throw HttpError.badField(name, "is %s, not a number".formatted(value));
    };
  }

  private static BigDecimal parsed(String name, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw HttpError.badField(name, "is '%s', not a number".formatted(text));
    }
  }
}
