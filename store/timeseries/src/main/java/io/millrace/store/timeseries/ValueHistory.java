package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the values of a key amount to over time: consumption of a counter, time in a state.
///
/// Made from the stored points when asked, mostly from the headers of their blocks: so a late point
/// repairs the buckets that it touches, and nothing can drift. Any thread.
public final class ValueHistory {
  private final TimeseriesStore store;

  public ValueHistory(TimeseriesStore store) {
    this.store = store;
  }

  /// What a key is asked, and over which time.
  ///
  /// @param fromTs inclusive
  /// @param untilTs exclusive
  public record Span(EntityId entity, String key, long fromTs, long untilTs, Interval interval) {
    public Span {
      RangeQuery.checkIntervals(fromTs, untilTs, interval);
    }
  }

  /// Consumption per interval, those without any left out; with costs when there is a tariff.
  public List<Consumption> consumption(Span span, CounterRules rules, Optional<Tariff> tariff) {
    var cut = tariff.<Interval>map(one -> new TariffSlices(span.interval, one));
    cut.ifPresent(slices -> RangeQuery.checkIntervals(span.fromTs, span.untilTs, slices));
    var fold = new ConsumptionFold(span.fromTs, span.untilTs, cut.orElse(span.interval), rules);
    newestBefore(span).forEach(point -> fold.before(point.ts(), point.value()));
    walk(span, fold);
    store
        .read(span.entity, RangeQuery.oldest(span.key, span.untilTs, Long.MAX_VALUE, 1))
        .forEach(point -> fold.after(point.ts(), point.value()));
    return summed(span, fold.result(), tariff);
  }

  /// Time in each state per interval, those of which nothing is known left out.
  ///
  /// @param holdsMs how long a value holds that is not repeated; 0: until the next
  /// @param now nothing is known of the time after it
  public List<TimeInState> timeInState(Span span, long holdsMs, long now) {
    var fold = new StateFold(span.key, span.fromTs, span.untilTs, span.interval, holdsMs);
    newestBefore(span).forEach(point -> fold.point(point.ts(), point.value()));
    walk(span, fold);
    return fold.result(now);
  }

  private List<Point> newestBefore(Span span) {
    return store.read(span.entity, RangeQuery.newest(span.key, Long.MIN_VALUE, span.fromTs, 1));
  }

  private void walk(Span span, PointSink sink) {
    store.walk(span.entity, span.key, span.fromTs, span.untilTs, sink);
  }

  private static List<Consumption> summed(
      Span span, List<ConsumptionFold.Slice> slices, Optional<Tariff> tariff) {
    var buckets = new LinkedHashMap<Long, List<ConsumptionFold.Slice>>();
    for (var slice : slices) {
      long start = span.interval.startOf(slice.fromTs(), span.fromTs);
      buckets.computeIfAbsent(start, _ -> new ArrayList<>()).add(slice);
    }
    var summed = new ArrayList<Consumption>();
    buckets.forEach((start, parts) -> summed.add(summed(span, start, parts, tariff)));
    return summed;
  }

  private static Consumption summed(
      Span span, long start, List<ConsumptionFold.Slice> parts, Optional<Tariff> tariff) {
    var amount = BigDecimal.ZERO;
    var cost = BigDecimal.ZERO;
    int falls = 0;
    Map<String, BigDecimal> byRate = new TreeMap<>();
    for (var part : parts) {
      amount = amount.add(part.amount());
      falls += part.falls();
      if (tariff.isPresent()) {
        var priced = tariff.get().at(part.fromTs());
        byRate.merge(priced.rate(), part.amount(), BigDecimal::add);
        cost = cost.add(priced.price().multiply(part.amount()));
      }
    }
    long end = Math.min(span.untilTs, span.interval.endOf(start, span.fromTs));
    return new Consumption(start, end, amount, falls, byRate, cost);
  }
}
