package io.millrace.store.timeseries;

/// Which points of one key to read.
///
/// @param fromTs inclusive, in milliseconds since 1970-01-01T00:00Z
/// @param untilTs exclusive; ThingsBoard's `endTs`
/// @param limit most points of an answer without aggregation, at least 1; aggregates are not cut
/// @param order of an answer without aggregation; aggregates always ascend
/// @param interval how aggregates are cut; unused for `NONE`
public record RangeQuery(
    String key,
    long fromTs,
    long untilTs,
    int limit,
    Order order,
    Aggregation aggregation,
    Interval interval) {
  /// Most intervals of one answer, as many as a chart can show and a reply can carry.
  public static final int INTERVALS_MAX = 50_000;

  private static final Interval UNUSED = Interval.ofMillis(1);

  public RangeQuery {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit=%d; ask for at least one point of %s".formatted(limit, key));
    }
    if (aggregation != Aggregation.NONE) {
      checkIntervals(fromTs, untilTs, interval);
    }
  }

  /// The points themselves.
  public static RangeQuery points(String key, long fromTs, long untilTs, int limit, Order order) {
    return new RangeQuery(key, fromTs, untilTs, limit, order, Aggregation.NONE, UNUSED);
  }

  /// The points themselves, newest first.
  public static RangeQuery newest(String key, long fromTs, long untilTs, int limit) {
    return new RangeQuery(key, fromTs, untilTs, limit, Order.DESC, Aggregation.NONE, UNUSED);
  }

  /// The points themselves, oldest first.
  public static RangeQuery oldest(String key, long fromTs, long untilTs, int limit) {
    return new RangeQuery(key, fromTs, untilTs, limit, Order.ASC, Aggregation.NONE, UNUSED);
  }

  /// One point per interval that holds any.
  public static RangeQuery aggregated(
      String key, long fromTs, long untilTs, Aggregation aggregation, long intervalMs) {
    return aggregated(key, fromTs, untilTs, aggregation, Interval.ofMillis(intervalMs));
  }

  /// One point per interval that holds any.
  public static RangeQuery aggregated(
      String key, long fromTs, long untilTs, Aggregation aggregation, Interval interval) {
    return new RangeQuery(key, fromTs, untilTs, INTERVALS_MAX, Order.ASC, aggregation, interval);
  }

  static void checkIntervals(long fromTs, long untilTs, Interval interval) {
    double intervals = ((double) untilTs - (double) fromTs) / interval.shortestMs();
    if (intervals > INTERVALS_MAX) {
      throw new IllegalArgumentException(
          "interval=%d ms cuts %d to %d into %.0f intervals, more than %d; ask for a longer interval or a shorter range"
              .formatted(
                  interval.shortestMs(), fromTs, untilTs, Math.ceil(intervals), INTERVALS_MAX));
    }
  }
}
