package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// TBEL's `Date`, which has JavaScript's methods.
final class TbelDates {
  private TbelDates() {}

  static Object construct(Object[] arguments, Run run) {
    var doubles = doubles(arguments);
    if (doubles.length >= 3) {
      // ThingsBoard: months of `new Date(year, month, day)` count from 0 as in JavaScript
      return DateMethods.construct(doubles, run);
    }
    return DateMethods.construct(doubles, run);
  }

  static @Nullable Object callStatic(String name, Object[] arguments, Run run) {
    return number(DateMethods.callStatic(name, doubles(arguments), run));
  }

  static @Nullable Object call(ScriptDate date, String name, Object[] arguments, Run run) {
    return number(DateMethods.call(date, name, doubles(arguments), run));
  }

  private static Object[] doubles(Object[] arguments) {
    var doubles = arguments.clone();
    for (int i = 0; i < doubles.length; i++) {
      if (doubles[i] instanceof Number number) {
        doubles[i] = number.doubleValue();
      }
    }
    return doubles;
  }

  private static @Nullable Object number(@Nullable Object result) {
    return result instanceof Double number && number == Math.rint(number)
        ? Values.whole((long) (double) number)
        : result;
  }
}
