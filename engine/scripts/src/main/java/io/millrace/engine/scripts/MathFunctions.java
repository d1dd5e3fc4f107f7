package io.millrace.engine.scripts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `Math`.
final class MathFunctions {
  static final Set<String> NAMES =
      Set.of(
          "abs", "ceil", "floor", "round", "trunc", "sign", "sqrt", "cbrt", "exp", "expm1", "log",
          "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
          "tanh", "fround", "pow", "atan2", "min", "max", "hypot", "random", "imul", "clz32");

  private MathFunctions() {}

  static @Nullable Object constant(String name) {
    return switch (name) {
      case "PI" -> Math.PI;
      case "E" -> Math.E;
      case "LN2" -> 0.6931471805599453;
      case "LN10" -> 2.302585092994046;
      case "LOG2E" -> 1.4426950408889634;
      case "LOG10E" -> 0.4342944819032518;
      case "SQRT2" -> 1.4142135623730951;
      case "SQRT1_2" -> 0.7071067811865476;
      default -> null;
    };
  }

  static @Nullable Object call(String name, Object[] arguments, Run run) {
    return switch (name) {
      case "min" -> smallest(arguments, run);
      case "max" -> largest(arguments, run);
      case "hypot" -> hypot(arguments, run);
      case "pow" -> JavaScriptOps.power(number(arguments, 0), number(arguments, 1));
      case "atan2" -> Math.atan2(number(arguments, 0), number(arguments, 1));
      case "random" -> run.world().random().nextDouble();
      case "imul" ->
          (double)
              (Conversions.int32(number(arguments, 0)) * Conversions.int32(number(arguments, 1)));
      default -> NAMES.contains(name) ? ofOne(name, number(arguments, 0)) : null;
    };
  }

  private static double number(Object[] arguments, int i) {
    return i < arguments.length ? Conversions.number(arguments[i]) : Double.NaN;
  }

  private static double ofOne(String name, double value) {
    return switch (name) {
      case "abs" -> Math.abs(value);
      case "ceil" -> Math.ceil(value);
      case "floor" -> Math.floor(value);
      case "round" -> round(value);
      case "trunc" -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case "sign" -> Math.signum(value);
      case "sqrt" -> Math.sqrt(value);
      case "cbrt" -> Math.cbrt(value);
      case "exp" -> Math.exp(value);
      case "expm1" -> Math.expm1(value);
      case "log" -> Math.log(value);
      case "log2" -> log2(value);
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
      case "fround" -> (double) (float) value;
      case "clz32" -> Integer.numberOfLeadingZeros(Conversions.int32(value));
      default -> throw new IllegalStateException("Math." + name);
    };
  }

  /// ECMAScript: halves go up, also below zero, where Java's Math.round would lose large numbers.
  private static double round(double value) {
    double floor = Math.floor(value);
    return value - floor >= 0.5 ? Math.copySign(floor + 1, value) : Math.copySign(floor, value);
  }

  private static double log2(double value) {
    int exponent = Math.getExponent(value);
    return (value == Math.scalb(1.0, exponent) && value > 0 && exponent <= Double.MAX_EXPONENT)
        ? exponent
        : Math.log(value) * 1.4426950408889634;
  }

  private static double smallest(Object[] arguments, Run run) {
    run.work(arguments.length);
    double least = Double.POSITIVE_INFINITY;
    for (var each : arguments) {
      least = Math.min(least, Conversions.number(each));
    }
    return least;
  }

  private static double largest(Object[] arguments, Run run) {
    run.work(arguments.length);
    double most = Double.NEGATIVE_INFINITY;
    for (var each : arguments) {
      most = Math.max(most, Conversions.number(each));
    }
    return most;
  }

  private static double hypot(Object[] arguments, Run run) {
    run.work(arguments.length);
    double length = 0;
    for (var each : arguments) {
      length = Math.hypot(length, Conversions.number(each));
    }
    return length;
  }
}
