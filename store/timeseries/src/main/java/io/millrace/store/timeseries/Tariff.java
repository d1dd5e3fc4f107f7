package io.millrace.store.timeseries;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What consumption costs at which time: the first rate that fits is the one, else the base price.
///
/// @param currency shown beside costs, as in EUR
/// @param zone in whose clock and calendar the rates mean their times
/// @param basePrice of a unit when no rate fits
/// @param holidays of one year
/// @param yearlyHolidays of every year
public record Tariff(
    String currency,
    ZoneId zone,
    BigDecimal basePrice,
    List<Rate> rates,
    Set<LocalDate> holidays,
    Set<MonthDay> yearlyHolidays) {
  /// The rate when no other fits.
  public static final String BASE = "base";

  public Tariff {
    rates = List.copyOf(rates);
    holidays = Set.copyOf(holidays);
    yearlyHolidays = Set.copyOf(yearlyHolidays);
  }

  /// A price at certain times.
  ///
  /// @param days of the week that are no holidays
  /// @param onHolidays whether it is for holidays too
  /// @param months empty: all
  /// @param from inclusive
  /// @param until exclusive; not after `from`: of the next day, and midnight to midnight is all day
  public record Rate(
      String name,
      BigDecimal price,
      Set<DayOfWeek> days,
      boolean onHolidays,
      Set<Month> months,
      LocalTime from,
      LocalTime until) {
    public Rate {
      days = Set.copyOf(days);
      months = Set.copyOf(months);
    }

    private boolean isAt(LocalTime time) {
      return from.isBefore(until)
          ? !time.isBefore(from) && time.isBefore(until)
          : !time.isBefore(from) || time.isBefore(until);
    }
  }

  /// The name of the rate at a time, and its price.
  public record Priced(String rate, BigDecimal price) {}

  /// What a unit costs at that time.
  public Priced at(long ts) {
    var time = Instant.ofEpochMilli(ts).atZone(zone).toLocalDateTime();
    for (var rate : rates) {
      if (fits(rate, time)) {
        return new Priced(rate.name, rate.price);
      }
    }
    return new Priced(BASE, basePrice);
  }

  /// The next time when the price may be another; after `ts`.
  public long nextChange(long ts) {
    var now = Instant.ofEpochMilli(ts);
    var local = now.atZone(zone).toLocalDateTime();
    var next = now.plusSeconds(2 * 86_400);
    for (var date : List.of(local.toLocalDate(), local.toLocalDate().plusDays(1))) {
      for (var time : times()) {
        var at = date.atTime(time).atZone(zone).toInstant();
        next = at.isAfter(now) && at.isBefore(next) ? at : next;
      }
    }
    var change = zone.getRules().nextTransition(now);
    if (change != null && change.getInstant().isBefore(next)) {
      next = change.getInstant();
    }
    return next.toEpochMilli();
  }

  private Set<LocalTime> times() {
    var times = new TreeSet<LocalTime>();
    times.add(LocalTime.MIDNIGHT);
    for (var rate : rates) {
      times.add(rate.from);
      times.add(rate.until);
    }
    return times;
  }

  /// The part of a night that is after midnight belongs to its own day.
  private boolean fits(Rate rate, LocalDateTime time) {
    var date = time.toLocalDate();
    boolean day = isHoliday(date) ? rate.onHolidays : rate.days.contains(date.getDayOfWeek());
    return day
        && (rate.months.isEmpty() || rate.months.contains(date.getMonth()))
        && rate.isAt(time.toLocalTime());
  }

  private boolean isHoliday(LocalDate date) {
    return holidays.contains(date) || yearlyHolidays.contains(MonthDay.from(date));
  }

  /// A date, or a day of every year as in `12-25`.
  ///
  /// @throws DateTimeException when it is neither
  public static boolean isYearly(String holiday) {
    if (holiday.length() == 5) {
      MonthDay.parse("--" + holiday);
      return true;
    }
    LocalDate.parse(holiday);
    return false;
  }
}
