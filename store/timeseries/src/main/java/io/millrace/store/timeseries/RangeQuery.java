package io.millrace.store.timeseries;

/// Which points of one key to read.
///
/// @param fromTs inclusive, in milliseconds since 1970-01-01T00:00Z
/// @param untilTs exclusive; ThingsBoard's `endTs`
/// @param limit most points of an answer without aggregation, at least 1; aggregates are not cut
/// @param order of an answer without aggregation; aggregates always ascend
/// @param intervalMs length of one aggregate's interval, counted from `fromTs`; unused for `NONE`
public record RangeQuery(
    String key,
    long fromTs,
    long untilTs,
    int limit,
    Order order,
    Aggregation aggregation,
    long intervalMs) {
  /// Most intervals of one answer, as many as a chart can show and a reply can carry.
  public static final int INTERVALS_MAX = 50_000;

  public RangeQuery {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit=%d; ask for at least one point of %s".formatted(limit, key));
    }
    if (aggregation != Aggregation.NONE) {
      checkIntervals(fromTs, untilTs, intervalMs);
    }
  }

  /// The points themselves, newest first.
  public static RangeQuery newest(String key, long fromTs, long untilTs, int limit) {
    return new RangeQuery(key, fromTs, untilTs, limit, Order.DESC, Aggregation.NONE, 0);
  }

  /// The points themselves, oldest first.
  public static RangeQuery oldest(String key, long fromTs, long untilTs, int limit) {
    return new RangeQuery(key, fromTs, untilTs, limit, Order.ASC, Aggregation.NONE, 0);
  }

  /// One point per interval that holds any.
  public static RangeQuery aggregated(
      String key, long fromTs, long untilTs, Aggregation aggregation, long intervalMs) {
    return new RangeQuery(key, fromTs, untilTs, INTERVALS_MAX, Order.ASC, aggregation, intervalMs);
  }

  private static void checkIntervals(long fromTs, long untilTs, long intervalMs) {
    if (intervalMs < 1) {
      throw new IllegalArgumentException(
          "interval=%d ms; an aggregate needs an interval of 1 ms or more".formatted(intervalMs));
    }
    double intervals = ((double) untilTs - (double) fromTs) / intervalMs;
    if (intervals > INTERVALS_MAX) {
      throw new IllegalArgumentException(
          "interval=%d ms cuts %d to %d into %.0f intervals, more than %d; ask for a longer interval or a shorter range"
              .formatted(intervalMs, fromTs, untilTs, Math.ceil(intervals), INTERVALS_MAX));
    }
  }
}
