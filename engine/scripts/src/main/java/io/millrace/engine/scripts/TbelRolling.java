package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Methods of a rolling argument of a calculated field: `{"type":"TS_ROLLING", "timeWindow":…,
/// "values":[{ts, value}, …]}`. A value that is no number is null there, and NaN here.
final class TbelRolling {
  static final Set<String> NAMES =
      Set.of(
          "max",
          "min",
          "avg",
          "mean",
          "std",
          "median",
          "count",
          "last",
          "first",
          "sum",
          "merge",
          "mergeAll",
          "getValues",
          "getTimeWindow",
          "getSize");

  private static final String TYPE = "TS_ROLLING";

  private TbelRolling() {}

  static boolean is(ScriptObject map) {
    return map.size() >= 3
        && TYPE.equals(map.member("type"))
        && map.member("values") instanceof ScriptArray;
  }

  static ScriptArray values(ScriptObject map) {
    if (map.member("values") instanceof ScriptArray values) {
      return values;
    }
    throw Errors.type("A rolling argument has a list of values");
  }

  static @Nullable Object call(ScriptObject map, String name, Object[] arguments, Run run) {
    return switch (name) {
      case "getValues" -> values(map);
      case "getTimeWindow" -> map.member("timeWindow");
      case "getSize" -> values(map).size();
      case "merge" ->
          merged(
              new ScriptObject[] {map, rolling(TbelOps.argument(arguments, 0))},
              TbelOps.argument(arguments, 1),
              run);
      case "mergeAll" -> merged(all(map, arguments), TbelOps.argument(arguments, 1), run);
      case "count" -> (int) numbers(map, arguments, run).count();
      case "max", "min", "avg", "mean", "std", "median", "last", "first", "sum" ->
          folded(name, numbers(map, arguments, run).toArray());
      default -> TbelMaps.call(map, name, arguments, run);
    };
  }

  /// Its numbers, without those that are none unless the first argument is false.
  private static DoubleStream numbers(ScriptObject map, Object[] arguments, Run run) {
    var values = values(map);
    run.work(values.size());
    var numbers = DoubleStream.builder();
    for (int i = 0; i < values.size(); i++) {
      numbers.add(number(values.itemOr(i, JsonNull.NULL), "value"));
    }
    boolean keepsNaN = arguments.length > 0 && Boolean.FALSE.equals(arguments[0]);
    return keepsNaN ? numbers.build() : numbers.build().filter(number -> !Double.isNaN(number));
  }

  private static double number(Object item, String member) {
    return item instanceof ScriptObject value && value.member(member) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  private static double folded(String name, double[] numbers) {
    if (numbers.length == 0) {
      throw Errors.type("Rolling argument values are empty."); // ThingsBoard's words
    }
    return switch (name) {
      case "max" -> DoubleStream.of(numbers).reduce(-Double.MAX_VALUE, Math::max);
      case "min" -> DoubleStream.of(numbers).reduce(Double.MAX_VALUE, Math::min);
      case "sum" -> sum(numbers);
      case "first" -> numbers[0];
      case "last" -> numbers[numbers.length - 1];
      case "median" -> median(numbers);
      case "std" -> deviation(numbers);
      default -> sum(numbers) / numbers.length;
    };
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) { // ThingsBoard: plain addition, in order
      sum += number;
    }
    return sum;
  }

  private static double median(double[] numbers) {
    if (DoubleStream.of(numbers).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    Arrays.sort(numbers);
    int half = numbers.length / 2;
    return numbers.length % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
  }

  private static double deviation(double[] numbers) {
    double mean = sum(numbers) / numbers.length;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return Math.sqrt(squares / numbers.length);
  }

  private static ScriptObject rolling(Object other) {
    if (other instanceof ScriptObject map && is(map)) {
      return map;
    }
    throw Errors.type("merge needs rolling arguments, not " + TbelText.of(other));
  }

  private static ScriptObject[] all(ScriptObject first, Object[] arguments) {
    if (!(TbelOps.argument(arguments, 0) instanceof ScriptArray others)) {
      throw Errors.type("mergeAll needs a list of rolling arguments");
    }
    var all = new ScriptObject[others.size() + 1];
    all[0] = first;
    for (int i = 0; i < others.size(); i++) {
      all[i + 1] = rolling(others.itemOr(i, JsonNull.NULL));
    }
    return all;
  }

  /// At each time at which any of them has a value, the newest of each until then.
  private static ScriptObject merged(ScriptObject[] all, Object settings, Run run) {
    var wanted = settings instanceof ScriptObject map ? map : new ScriptObject(false);
    boolean skipsNaN = !isFalse(wanted.member("ignoreNaN"));
    var window = wanted.member("timeWindow") instanceof ScriptObject given ? given : null;
    var times = new TreeSet<Long>();
    for (var each : all) {
      run.allocate(64L * values(each).size());
      for (int i = 0; i < values(each).size(); i++) {
        times.add((long) number(values(each).itemOr(i, JsonNull.NULL), "ts"));
      }
    }
    var rows = ScriptArray.make(false, run);
    var at = new int[all.length];
    var newest = new double[all.length];
    Arrays.fill(newest, Double.NaN);
    for (long ts : times) {
      run.step();
      for (int i = 0; i < all.length; i++) {
        at[i] = advance(values(all[i]), at[i], ts, newest, i);
      }
      boolean isWhole = DoubleStream.of(newest).noneMatch(Double::isNaN);
      if ((isWhole || !skipsNaN) && isIn(window, ts)) {
        rows.add(row(ts, newest, run), run);
      }
    }
    var result = ScriptObject.make(false, run);
    result.member("type", TYPE, run);
    result.member("timeWindow", window == null ? span(all, run) : window, run);
    result.member("values", rows, run);
    return result;
  }

  private static int advance(ScriptArray values, int from, long ts, double[] newest, int place) {
    int at = from;
    while (at < values.size() && number(values.itemOr(at, JsonNull.NULL), "ts") <= ts) {
      newest[place] = number(values.itemOr(at, JsonNull.NULL), "value");
      at++;
    }
    return at;
  }

  private static ScriptObject row(long ts, double[] newest, Run run) {
    var row = ScriptObject.make(false, run);
    row.member("ts", ts, run);
    var values = new Object[newest.length];
    for (int i = 0; i < newest.length; i++) {
      values[i] = newest[i];
      row.member("v" + (i + 1), newest[i], run);
    }
    row.member("values", new ScriptArray(values, false, run), run);
    return row;
  }

  private static boolean isIn(@Nullable ScriptObject window, long ts) {
    return window == null || (number(window, "startTs") <= ts && ts < number(window, "endTs"));
  }

  private static ScriptObject span(ScriptObject[] all, Run run) {
    double from = Double.MAX_VALUE;
    double until = -Double.MAX_VALUE;
    for (var each : all) {
      if (each.member("timeWindow") instanceof ScriptObject window) {
        from = Math.min(from, number(window, "startTs"));
        until = Math.max(until, number(window, "endTs"));
      }
    }
    var span = ScriptObject.make(false, run);
    span.member("startTs", (long) from, run);
    span.member("endTs", (long) until, run);
    return span;
  }

  private static boolean isFalse(@Nullable Object value) {
    return value != null && TbelText.of(value).equals("false");
  }
}
