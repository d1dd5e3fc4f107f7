package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.timeseries.Aggregation;
import io.millrace.store.timeseries.Interval;
import io.millrace.store.timeseries.Order;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A range of telemetry as REST requests and socket commands ask for it, parameters checked.
///
/// @param interval of aggregates; empty: there are none
/// @param pixels columns of a chart, to get two points of each; 0: as many points as there are
record RangeRequest(
    long from,
    long until,
    int limit,
    Order order,
    Aggregation aggregation,
    Optional<Interval> interval,
    int pixels) {
  private static final int LIMIT_DEFAULT = 100; // ThingsBoard's
  private static final String MILLISECONDS = "MILLISECONDS";

  /// Where parameters come from: an address, or a command's JSON.
  interface Parameters {
    Optional<String> text(String name);

    long number(String name, long fallback);
  }

  static RangeRequest of(Parameters given, long from, long until) {
    var aggregation = choice(given, "agg", Aggregation.class, Aggregation.NONE);
    return new RangeRequest(
        from,
        until,
        (int) bounded("limit", given.number("limit", LIMIT_DEFAULT), 1, PointBudget.MAX),
        choice(given, "orderBy", Order.class, Order.DESC),
        aggregation,
        aggregation == Aggregation.NONE ? Optional.empty() : interval(given),
        (int) bounded("pixels", given.number("pixels", 0), 0, RangeQuery.INTERVALS_MAX));
  }

  List<Point> read(TimeseriesStore timeseries, EntityId entity, String key) {
    if (pixels > 0) {
      return timeseries.sample(entity, key, from, until, pixels);
    }
    return timeseries.read(
        entity,
        interval
            .map(cut -> RangeQuery.aggregated(key, from, until, aggregation, cut))
            .orElseGet(() -> RangeQuery.points(key, from, until, limit, order)));
  }

  /// ThingsBoard's `intervalType` with `interval` or `timeZone`; hours, days and years are ours.
  /// An aggregation without an interval is none.
  static Optional<Interval> interval(Parameters given) {
    var type = given.text("intervalType").orElse(MILLISECONDS).toUpperCase(Locale.ROOT);
    if (type.equals(MILLISECONDS)) {
      long interval = given.number("interval", 0);
      return interval <= 0 ? Optional.empty() : Optional.of(Interval.ofMillis(interval));
    }
    for (var unit : Interval.Unit.values()) {
      if (unit.name().equals(type)) {
        return Optional.of(Interval.of(unit, zone(given)));
      }
    }
    throw HttpError.badField(
        "intervalType",
        "is '%s', not MILLISECONDS or one of %s"
            .formatted(type, Arrays.toString(Interval.Unit.values())));
  }

  // ThingsBoard: without a zone, the server's; sockets call it timeZoneId
  static ZoneId zone(Parameters given) {
    var name = given.text("timeZone").or(() -> given.text("timeZoneId"));
    try {
      return name.map(id -> ZoneId.of(id, ZoneId.SHORT_IDS)).orElseGet(ZoneId::systemDefault);
    } catch (DateTimeException e) {
      throw HttpError.badField(
          "timeZone", "is '%s', not a zone such as Europe/Berlin".formatted(name.orElse("")));
    }
  }

  private static <E extends Enum<E>> E choice(
      Parameters given, String name, Class<E> type, E fallback) {
    return given.text(name).map(text -> Request.choice(name, type, text)).orElse(fallback);
  }

  private static long bounded(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw HttpError.badField(name, "is %d, not %d to %d".formatted(value, min, max));
    }
    return value;
  }
}
