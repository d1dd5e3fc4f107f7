package io.millrace.store.timeseries;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folds ascending points into one point per interval, as ThingsBoard answers.
///
/// An interval's point stands at its middle; an interval without values has none. MIN and MAX of
/// whole numbers stay whole, beside fractions they become fractions, and strings count only where
/// there are no numbers. AVG and SUM take numbers only; COUNT takes everything.
final class IntervalFold implements PointSink {
  private final RangeQuery query;
  private final Interval interval;
  private final List<Point> folded = new ArrayList<>();
  private long start;
  private long end;
  private long count;
  private long wholeCount;
  private long fractionCount;
  private long wholeSum;
  private boolean wholeSumOverflowed;
  private double sum;
  private long wholeBest;
  private double fractionBest;
  private @Nullable String textBest;

  IntervalFold(RangeQuery query) {
    this.query = query;
    interval = query.interval();
    begin(query.fromTs());
  }

  @Override
  public boolean takes(Block block, ColumnSummary summary) {
    return block.lastTs < interval.endOf(block.firstTs, query.fromTs());
  }

  @Override
  public void block(Block block, ColumnSummary summary) {
    goTo(block.firstTs);
    count += block.rows;
    switch (summary) {
      case ColumnSummary.Wholes(long min, long max, long total, boolean _) ->
          addWholes(isMin() ? min : max, total, block.rows);
      case ColumnSummary.Fractions(double min, double max, double total, boolean _) ->
          addFractions(isMin() ? min : max, total, block.rows);
      case ColumnSummary.Counted() -> {}
    }
  }

  @Override
  public void point(long ts, JsonValue value) {
    switch (value) {
      case JsonLong(long number) -> whole(ts, number);
      case JsonDouble(double number) -> fraction(ts, number);
      case JsonString(var text) -> {
        goTo(ts);
        count++;
        addText(text);
      }
      default -> { // booleans and JSON are counted only
        goTo(ts);
        count++;
      }
    }
  }

  @Override
  public void whole(long ts, long value) {
    goTo(ts);
    count++;
    addWholes(value, value, 1);
  }

  @Override
  public void fraction(long ts, double value) {
    goTo(ts);
    count++;
    addFractions(value, value, 1);
  }

  List<Point> result() {
    finish();
    return folded;
  }

  private void goTo(long ts) {
    if (ts >= end) {
      finish();
      begin(ts);
    }
  }

  private void begin(long ts) {
    start = interval.startOf(ts, query.fromTs());
    end = Math.min(interval.endOf(ts, query.fromTs()), query.untilTs());
    count = 0;
    wholeCount = 0;
    fractionCount = 0;
    wholeSum = 0;
    wholeSumOverflowed = false;
    sum = 0;
    textBest = null;
  }

  private void finish() {
    var value = value();
    if (value != null) {
      folded.add(new Point(query.key(), start + (end - start) / 2, value));
    }
  }

  private void addWholes(long best, long total, int numbers) {
    wholeBest = wholeCount == 0 ? best : better(best, wholeBest);
    wholeCount += numbers;
    long both = wholeSum + total;
    wholeSumOverflowed |= ((wholeSum ^ both) & (total ^ both)) < 0;
    wholeSum = both;
    sum += total;
  }

  private void addFractions(double best, double total, int numbers) {
    fractionBest = fractionCount == 0 ? best : better(best, fractionBest);
    fractionCount += numbers;
    sum += total;
  }

  private void addText(String text) {
    var best = textBest;
    textBest =
        best == null || (isMin() ? text.compareTo(best) < 0 : text.compareTo(best) > 0)
            ? text
            : best;
  }

  private @Nullable JsonValue value() {
    return switch (query.aggregation()) {
      case NONE -> throw new IllegalStateException("There is nothing to fold");
      case COUNT -> count == 0 ? null : new JsonLong(count);
      case AVG -> numbers() == 0 ? null : number(sum / numbers());
      case SUM -> numbers() == 0 ? null : total();
      case MIN, MAX -> best();
    };
  }

  private JsonValue total() {
    return fractionCount == 0 && !wholeSumOverflowed ? new JsonLong(wholeSum) : number(sum);
  }

  private @Nullable JsonValue best() {
    if (numbers() == 0) {
      return textBest == null ? null : new JsonString(textBest);
    }
    if (fractionCount == 0) {
      return new JsonLong(wholeBest);
    }
    return new JsonDouble(
        wholeCount == 0 ? fractionBest : better((double) wholeBest, fractionBest));
  }

  private long numbers() {
    return wholeCount + fractionCount;
  }

  private boolean isMin() {
    return query.aggregation() == Aggregation.MIN;
  }

  private long better(long a, long b) {
    return isMin() ? Math.min(a, b) : Math.max(a, b);
  }

  private double better(double a, double b) {
    return isMin() ? Math.min(a, b) : Math.max(a, b);
  }

  /// A sum of finite numbers can leave the range of a double; JSON has no infinity.
  private static JsonDouble number(double value) {
    return new JsonDouble(Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE));
  }
}
