package io.millrace.engine.scripts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// TBEL's `Math`, which is Java's.
final class TbelMath {
  static final Set<String> NAMES =
      Set.of(
          "abs",
          "round",
          "min",
          "max",
          "pow",
          "atan2",
          "hypot",
          "floorMod",
          "floorDiv",
          "ceil",
          "floor",
          "rint",
          "signum",
          "sqrt",
          "cbrt",
          "exp",
          "log",
          "log10",
          "log1p",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "sinh",
          "cosh",
          "tanh",
          "toRadians",
          "toDegrees",
          "random");

  private TbelMath() {}

  static @Nullable Object call(String name, Object[] arguments, Run run) {
    if (name.equals("random")) {
      return run.world().random().nextDouble();
    }
    if (arguments.length == 0) {
      return null;
    }
    var first = TbelNumbers.number(arguments[0]);
    if (arguments.length == 2) {
      return ofTwo(name, first, TbelNumbers.number(arguments[1]));
    }
    return switch (name) {
      case "abs" -> absolute(first);
      case "round" -> Math.round(first.doubleValue());
      default -> ofOne(name, first.doubleValue());
    };
  }

  private static Object absolute(Number value) {
    return switch (value) {
      case Integer number -> Values.whole(Math.abs((long) number));
      case Long number -> Math.abs(number);
      default -> Math.abs(value.doubleValue());
    };
  }

  private static @Nullable Object ofTwo(String name, Number left, Number right) {
    return switch (name) {
      case "min" -> TbelComparison.order(left, right) <= 0 ? left : right;
      case "max" -> TbelComparison.order(left, right) >= 0 ? left : right;
      case "pow" -> Math.pow(left.doubleValue(), right.doubleValue());
      case "atan2" -> Math.atan2(left.doubleValue(), right.doubleValue());
      case "hypot" -> Math.hypot(left.doubleValue(), right.doubleValue());
      case "floorMod" -> Values.whole(Math.floorMod(left.longValue(), right.longValue()));
      case "floorDiv" -> Values.whole(Math.floorDiv(left.longValue(), right.longValue()));
      default -> null;
    };
  }

  private static @Nullable Object ofOne(String name, double value) {
    return switch (name) {
      case "ceil" -> Math.ceil(value);
      case "floor" -> Math.floor(value);
      case "rint" -> Math.rint(value);
      case "signum" -> Math.signum(value);
      case "sqrt" -> Math.sqrt(value);
      case "cbrt" -> Math.cbrt(value);
      case "exp" -> Math.exp(value);
      case "log" -> Math.log(value);
      case "log10" -> Math.log10(value);
      case "log1p" -> Math.log1p(value);
      case "sin" -> Math.sin(value);
      case "cos" -> Math.cos(value);
      case "tan" -> Math.tan(value);
      case "asin" -> Math.asin(value);
      case "acos" -> Math.acos(value);
      case "atan" -> Math.atan(value);
      case "sinh" -> Math.sinh(value);
      case "cosh" -> Math.cosh(value);
      case "tanh" -> Math.tanh(value);
      case "toRadians" -> Math.toRadians(value);
      case "toDegrees" -> Math.toDegrees(value);
      default -> null;
    };
  }
}
