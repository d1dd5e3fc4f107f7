package io.millrace.store.timeseries;

import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Folds the values of a key into how long each held per interval. A value holds until the next.
final class StateFold implements PointSink {
  private static final int STATES_MAX = 1_000;

  private final String key;
  private final long fromTs;
  private final long untilTs;
  private final Interval interval;
  private final long holdsMs;
  private final List<TimeInState> buckets = new ArrayList<>();
  private final Map<String, Long> times = new TreeMap<>();
  private @Nullable String state;
  private long since;
  private long until; // the last value holds no longer than this
  private long start;
  private long end;

  /// @param holdsMs a value that is not repeated in this time is unknown from then on; 0: it holds
  StateFold(String key, long fromTs, long untilTs, Interval interval, long holdsMs) {
    this.key = key;
    this.fromTs = fromTs;
    this.untilTs = untilTs;
    this.interval = interval;
    this.holdsMs = holdsMs;
    begin(fromTs);
  }

  @Override
  public boolean takes(Block block, ColumnSummary summary) {
    return false; // a header does not say when values changed
  }

  @Override
  public void block(Block block, ColumnSummary summary) {
    throw new IllegalStateException("Times of states are made of points");
  }

  @Override
  public void point(long ts, JsonValue value) {
    holdUntil(Math.min(ts, untilTs));
    state = value.asText();
    since = Math.max(ts, fromTs);
    until = holdsMs == 0 ? Long.MAX_VALUE : ts + holdsMs;
  }

  /// @param now nothing is known of the time after it
  List<TimeInState> result(long now) {
    holdUntil(Math.min(untilTs, Math.max(fromTs, now)));
    finish();
    return buckets;
  }

  private void holdUntil(long ts) {
    var held = state;
    if (held == null) {
      return;
    }
    long last = Math.min(ts, until);
    for (long at = since; at < last; at = end) {
      if (at >= end) {
        finish();
        begin(at);
      }
      add(held, Math.min(end, last) - at);
      if (last <= end) {
        break;
      }
    }
  }

  private void add(String held, long ms) {
    times.merge(held, ms, Long::sum);
    if (times.size() > STATES_MAX) {
      throw new IllegalArgumentException(
          "%s has more than %d different values in one interval; it is not a state"
              .formatted(key, STATES_MAX));
    }
  }

  private void begin(long ts) {
    start = interval.startOf(ts, fromTs);
    end = Math.min(interval.endOf(ts, fromTs), untilTs);
    times.clear();
  }

  private void finish() {
    if (!times.isEmpty()) {
      buckets.add(new TimeInState(start, end, Map.copyOf(times)));
    }
  }
}
