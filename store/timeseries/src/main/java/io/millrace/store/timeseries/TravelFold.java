package io.millrace.store.timeseries;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds up ways per interval from positions in the order of time.
final class TravelFold {
  private static final double MS_PER_HOUR = 3_600_000;
  private static final double METERS_PER_KM = 1_000;

  private final ValueHistory.Span span;
  private final PositionRules rules;
  private final List<Travel> buckets = new ArrayList<>();
  private @Nullable Fix last; // that was believed
  private @Nullable Fix anchor; // from where the next way is measured
  private long start;
  private long end;
  private double km;
  private double fastest;
  private int fixes;
  private int jumps;

  TravelFold(ValueHistory.Span span, PositionRules rules) {
    this.span = span;
    this.rules = rules;
    begin(span.fromTs());
  }

  /// A position before the span: from there the first way in it is measured.
  void before(Fix fix) {
    if (isReachable(fix)) {
      last = fix;
      anchor = fix;
    }
  }

  void add(Fix fix) {
    if (fix.ts() >= end) {
      finish();
      begin(fix.ts());
    }
    if (isReachable(fix)) {
      move(fix);
      last = fix;
      fixes++;
    } else {
      jumps++;
    }
  }

  List<Travel> result() {
    finish();
    return buckets;
  }

  /// One that is too far away is believed as soon as it could have been reached: it did move.
  private boolean isReachable(Fix fix) {
    var from = last;
    return from == null
        || from.kmTo(fix) * METERS_PER_KM <= rules.minMeters()
        || speed(from, fix, from.kmTo(fix)) <= rules.maxKmPerHour();
  }

  private void move(Fix fix) {
    var from = anchor;
    double way = from == null ? 0 : from.kmTo(fix);
    if (from == null || way * METERS_PER_KM >= rules.minMeters()) {
      km += way;
      fastest = from == null ? fastest : Math.max(fastest, speed(from, fix, way));
      anchor = fix;
    }
  }

  private static double speed(Fix from, Fix to, double way) {
    return way == 0 ? 0 : way / (to.ts() - from.ts()) * MS_PER_HOUR;
  }

  private void begin(long ts) {
    start = span.interval().startOf(ts, span.fromTs());
    end = Math.min(span.interval().endOf(ts, span.fromTs()), span.untilTs());
    km = 0;
    fastest = 0;
    fixes = 0;
    jumps = 0;
  }

  private void finish() {
    var at = last;
    if (at != null && fixes + jumps > 0) {
      buckets.add(new Travel(start, end, km, fastest, fixes, jumps, at));
    }
  }
}
