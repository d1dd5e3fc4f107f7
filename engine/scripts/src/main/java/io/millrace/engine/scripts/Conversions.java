package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import org.jspecify.annotations.Nullable;

/// JavaScript's conversions between its types (ECMAScript section 7.1).
final class Conversions {
  private static final double TWO_32 = 4_294_967_296.0;

  private Conversions() {}

  static boolean truth(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case Double number -> number != 0 && !Double.isNaN(number);
      case String text -> !text.isEmpty();
      case JsonNull _, Undefined _ -> false;
      default -> true;
    };
  }

  static double number(Object value) {
    return switch (value) {
      case Double number -> number;
      case String text -> NumberText.parse(text);
      case Boolean truth -> truth ? 1 : 0;
      case JsonNull _ -> 0;
      case Undefined _ -> Double.NaN;
      case ScriptDate date -> date.millis();
      case ScriptArray array -> number(array);
      default -> Double.NaN;
    };
  }

  /// By way of its text, which is that of its only item.
  private static double number(ScriptArray array) {
    if (array.size() != 1) {
      return array.size() == 0 ? 0 : Double.NaN;
    }
    var item = array.itemOr(0, Undefined.UNDEFINED);
    if (isNothing(item)) {
      return 0;
    }
    return item instanceof Boolean || item instanceof ScriptDate ? Double.NaN : number(item);
  }

  static int int32(double number) {
    int direct = (int) number;
    if (direct == number) {
      return direct;
    }
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return 0;
    }
    double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
    return (int) (long) (whole % TWO_32);
  }

  /// A whole number, NaN as 0, cut to what an int holds.
  static int integer(@Nullable Object value, int missing) {
    if (value == null || value == Undefined.UNDEFINED) {
      return missing;
    }
    return (int) number(value); // Java: NaN is 0, the rest is cut off
  }

  static String text(Object value, Run run) {
    return switch (value) {
      case String text -> text;
      case Double number -> NumberText.of(number);
      case Boolean truth -> truth ? "true" : "false";
      case JsonNull _ -> "null";
      case Undefined _ -> "undefined";
      case ScriptArray array -> ArrayMethods.join(array, ",", run);
      case ScriptError error -> error.text(run);
      case ScriptDate date -> date.text();
      case ScriptRegex regex -> regex.text();
      case ScriptFunction _, Builtin _ -> "function () { [code] }";
      case Thing thing -> "[object " + thing.className() + "]";
      default -> value.toString();
    };
  }

  static String key(Object value, Run run) {
    return value instanceof String text ? text : text(value, run);
  }

  /// A value that is no object (the hint is a number, except for dates).
  static Object primitive(Object value, Run run) {
    return value instanceof Thing ? text(value, run) : value;
  }

  static String typeOf(Object value) {
    return switch (value) {
      case String _ -> "string";
      case Number _ -> "number";
      case Boolean _ -> "boolean";
      case Undefined _ -> "undefined";
      case Callable _ -> "function";
      default -> "object";
    };
  }

  static boolean isNothing(@Nullable Object value) {
    return value == null || value == Undefined.UNDEFINED || value == JsonNull.NULL;
  }
}
