package io.millrace.store.timeseries;

/// Intervals cut further wherever a tariff's price may change.
record TariffSlices(Interval interval, Tariff tariff) implements Interval {
  private static final long HOUR_MS = 3_600_000;

  @Override
  public long startOf(long ts, long fromTs) {
    // The start is only told to people; what counts is that the end is the next change.
    return Math.max(interval.startOf(ts, fromTs), lastChange(ts, fromTs));
  }

  @Override
  public long endOf(long ts, long fromTs) {
    return Math.min(interval.endOf(ts, fromTs), tariff.nextChange(ts));
  }

  @Override
  public long shortestMs() {
    return Math.min(interval.shortestMs(), HOUR_MS);
  }

  private long lastChange(long ts, long fromTs) {
    long change = Math.max(fromTs, ts - 50 * HOUR_MS);
    for (long next = tariff.nextChange(change); next <= ts; next = tariff.nextChange(next)) {
      change = next;
    }
    return change;
  }
}
