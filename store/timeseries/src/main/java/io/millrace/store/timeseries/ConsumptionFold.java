package io.millrace.store.timeseries;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Folds the readings of a counter into what was consumed per interval.
///
/// The sum over all intervals is the sum over all pairs of readings, whatever the intervals are:
/// shares of a pair are differences of one rising line. Values that are no numbers are left out.
final class ConsumptionFold implements PointSink {
  private static final int SHARE_DECIMALS = 6;

  /// What one interval came to.
  record Slice(long fromTs, long untilTs, BigDecimal amount, int falls) {}

  private final long fromTs;
  private final long untilTs;
  private final Interval interval;
  private final CounterRules rules;
  private final List<Slice> slices = new ArrayList<>();
  private boolean hasReading;
  private long lastTs;
  private BigDecimal last = BigDecimal.ZERO;
  private BigDecimal segmentStart = BigDecimal.ZERO; // the readings rise from here to `last`
  private long start;
  private long end;
  private BigDecimal amount = BigDecimal.ZERO;
  private int falls;
  private boolean isTouched;

  ConsumptionFold(long fromTs, long untilTs, Interval interval, CounterRules rules) {
    this.fromTs = fromTs;
    this.untilTs = untilTs;
    this.interval = interval;
    this.rules = rules;
    begin(fromTs);
  }

  /// The newest reading before the range; what it lacks to the first one in it is in the range.
  void before(long ts, JsonValue value) {
    if (isNumber(value)) {
      hasReading = true;
      lastTs = ts;
      last = number(value);
      segmentStart = last;
    }
  }

  @Override
  public boolean takes(Block block, ColumnSummary summary) {
    return summary.neverFalls()
        && !rules.needsEveryReading()
        && rules.replacedBetween(block.firstTs, block.lastTs).isEmpty()
        && block.lastTs < interval.endOf(block.firstTs, fromTs);
  }

  @Override
  public void block(Block block, ColumnSummary summary) {
    switch (summary) {
      case ColumnSummary.Wholes(long min, long max, long _, boolean _) -> {
        point(block.firstTs, new JsonLong(min));
        point(block.lastTs, new JsonLong(max));
      }
      case ColumnSummary.Fractions(double min, double max, double _, boolean _) -> {
        point(block.firstTs, new JsonDouble(min));
        point(block.lastTs, new JsonDouble(max));
      }
      case ColumnSummary.Counted() -> {}
    }
  }

  @Override
  public void point(long ts, JsonValue value) {
    if (isNumber(value)) {
      reading(ts, number(value));
    }
  }

  /// The first reading after the range: of what it adds, a share may be in the range.
  void after(long ts, JsonValue value) {
    if (isNumber(value) && hasReading && rules.gaps() == CounterRules.Gaps.SPREAD) {
      closeSegment();
      spread(ts, rules.increase(lastTs, last, ts, number(value)));
    }
  }

  List<Slice> result() {
    closeSegment();
    finish();
    return slices;
  }

  private void reading(long ts, BigDecimal reading) {
    if (!hasReading) {
      hasReading = true;
      goTo(ts);
      segmentStart = reading;
    } else if (ts < end && lastTs >= start && isPlain(ts, reading)) {
      isTouched = true; // the common case: the run in this interval goes on
    } else {
      between(ts, reading);
      segmentStart = reading;
    }
    last = reading;
    lastTs = ts;
  }

  private boolean isPlain(long ts, BigDecimal reading) {
    return reading.compareTo(last) >= 0
        && !rules.needsEveryReading()
        && rules.replacedBetween(lastTs, ts).isEmpty();
  }

  private void between(long ts, BigDecimal reading) {
    closeSegment();
    var increase = rules.increase(lastTs, last, ts, reading);
    if (rules.gaps() == CounterRules.Gaps.SPREAD) {
      spread(ts, increase);
      goTo(ts);
    } else {
      goTo(ts);
      amount = amount.add(increase);
    }
    isTouched = true;
    falls += reading.compareTo(last) < 0 ? 1 : 0;
  }

  /// Shares of the increase for all intervals from the last reading to `ts`.
  private void spread(long ts, BigDecimal increase) {
    var shared = shareUntil(Math.max(fromTs, lastTs), ts, increase); // before the range
    for (long at = Math.max(fromTs, lastTs); at < Math.min(ts, untilTs); at = end) {
      goTo(at);
      var until = shareUntil(Math.min(end, ts), ts, increase);
      amount = amount.add(until.subtract(shared));
      isTouched |= until.compareTo(shared) > 0;
      shared = until;
    }
  }

  private BigDecimal shareUntil(long at, long ts, BigDecimal increase) {
    if (at >= ts) {
      return increase;
    }
    return increase
        .multiply(BigDecimal.valueOf(at - lastTs))
        .divide(BigDecimal.valueOf(ts - lastTs), SHARE_DECIMALS, RoundingMode.HALF_UP);
  }

  private void closeSegment() {
    amount = amount.add(last.subtract(segmentStart));
    segmentStart = last;
  }

  private void goTo(long ts) {
    if (ts >= end) {
      finish();
      begin(ts);
    }
  }

  private void begin(long ts) {
    start = interval.startOf(ts, fromTs);
    end = Math.min(interval.endOf(ts, fromTs), untilTs);
    amount = BigDecimal.ZERO;
    falls = 0;
    isTouched = false;
  }

  private void finish() {
    if (isTouched) {
      slices.add(new Slice(start, end, amount, falls));
    }
  }

  private static boolean isNumber(JsonValue value) {
    return value instanceof JsonLong || value instanceof JsonDouble;
  }

  private static BigDecimal number(JsonValue value) {
    return switch (value) {
      case JsonLong(long number) -> BigDecimal.valueOf(number);
      case JsonDouble(double number) -> BigDecimal.valueOf(number);
      default -> throw new IllegalStateException(value + " is not a number");
    };
  }
}
