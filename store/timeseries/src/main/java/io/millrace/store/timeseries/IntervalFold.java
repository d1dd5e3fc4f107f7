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
final class IntervalFold {
  private final RangeQuery query;
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
    begin(query.fromTs());
  }

  void add(long ts, JsonValue value) {
    if (ts >= end) {
      finish();
      begin(ts - Math.floorMod(ts - query.fromTs(), query.intervalMs()));
    }
    count++;
    switch (value) {
      case JsonLong number -> addWhole(number.value());
      case JsonDouble number -> addFraction(number.value());
      case JsonString text -> addText(text.value());
      default -> {} // booleans and JSON are counted only
    }
  }

  List<Point> result() {
    finish();
    return folded;
  }

  private void begin(long from) {
    start = from;
    long full = from + query.intervalMs();
    end = full < from || full > query.untilTs() ? query.untilTs() : full;
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

  private void addWhole(long number) {
    wholeBest = wholeCount++ == 0 ? number : better(number, wholeBest);
    long total = wholeSum + number;
    wholeSumOverflowed |= ((wholeSum ^ total) & (number ^ total)) < 0;
    wholeSum = total;
    sum += number;
  }

  private void addFraction(double number) {
    fractionBest = fractionCount++ == 0 ? number : better(number, fractionBest);
    sum += number;
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
