package io.millrace.store.timeseries;

import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.List;

/// What the positions of a key amount to: how far something came, and its way for a map.
///
/// Made from the stored points when asked, so a late position repairs the buckets that it touches.
/// Any thread.
public final class Positions {
  private static final int READ_MAX = 1_000_000; // about 100 MB while they are looked at
  private static final int BEFORE = 10; // the last one may be a jump

  private final TimeseriesStore store;

  public Positions(TimeseriesStore store) {
    this.store = store;
  }

  /// How far it came per interval, those without a position left out.
  ///
  /// @throws IllegalArgumentException when there are too many positions to look at
  public List<Travel> travel(ValueHistory.Span span, PositionRules rules) {
    var fold = new TravelFold(span, rules);
    fixes(span, Long.MIN_VALUE, span.fromTs(), Order.DESC, BEFORE, rules)
        .reversed()
        .forEach(fold::before);
    inside(span, rules).forEach(fold::add);
    return fold.result();
  }

  /// The way, in the order of time, with the `max` positions that show its shape best.
  ///
  /// @throws IllegalArgumentException when there are too many positions to look at
  public List<Fix> track(ValueHistory.Span span, PositionRules rules, int max) {
    if (max < 2 || max > RangeQuery.INTERVALS_MAX) {
      throw new IllegalArgumentException(
          "%d positions; a way has 2 to %d".formatted(max, RangeQuery.INTERVALS_MAX));
    }
    return Track.thinned(inside(span, rules), max);
  }

  private List<Fix> inside(ValueHistory.Span span, PositionRules rules) {
    var fixes = fixes(span, span.fromTs(), span.untilTs(), Order.ASC, READ_MAX + 1, rules);
    if (fixes.size() > READ_MAX) {
      throw new IllegalArgumentException(
          "%s has more than %d positions in that time; ask for a shorter one"
              .formatted(span.key(), READ_MAX));
    }
    return fixes;
  }

  private List<Fix> fixes(
      ValueHistory.Span span,
      long fromTs,
      long untilTs,
      Order order,
      int limit,
      PositionRules rules) {
    var points = read(span, span.key(), fromTs, untilTs, order, limit);
    if (rules.longitudeKey().isEmpty()) {
      return points.stream().flatMap(p -> Fix.of(p.ts(), p.value()).stream()).toList();
    }
    return joined(points, read(span, rules.longitudeKey(), fromTs, untilTs, order, limit), order);
  }

  private List<Point> read(
      ValueHistory.Span span, String key, long fromTs, long untilTs, Order order, int limit) {
    return store.read(
        span.entity(),
        order == Order.ASC
            ? RangeQuery.oldest(key, fromTs, untilTs, limit)
            : RangeQuery.newest(key, fromTs, untilTs, limit));
  }

  /// Positions whose latitude and longitude came at the same time.
  private static List<Fix> joined(List<Point> latitudes, List<Point> longitudes, Order order) {
    var fixes = new ArrayList<Fix>(latitudes.size());
    int next = 0;
    for (var latitude : latitudes) {
      while (next < longitudes.size()
          && isBefore(longitudes.get(next).ts(), latitude.ts(), order)) {
        next++;
      }
      if (next < longitudes.size() && longitudes.get(next).ts() == latitude.ts()) {
        Fix.of(latitude.ts(), latitude.value(), longitudes.get(next).value()).ifPresent(fixes::add);
      }
    }
    return fixes;
  }

  private static boolean isBefore(long ts, long other, Order order) {
    return order == Order.ASC ? ts < other : ts > other;
  }
}
