package io.millrace.engine.scripts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of numbers.
final class NumberMethods {
  static final Set<String> NAMES =
      Set.of("toFixed", "toPrecision", "toExponential", "toString", "valueOf");

  private NumberMethods() {}

  static @Nullable Object call(double number, String name, Object[] arguments) {
    var first = arguments.length > 0 ? arguments[0] : Undefined.UNDEFINED;
    return switch (name) {
      case "toFixed" -> NumberText.fixed(number, digits(first, 0, 0));
      case "toPrecision" ->
          first == Undefined.UNDEFINED
              ? NumberText.of(number)
              : NumberText.precision(number, digits(first, 1, 1));
      case "toExponential" ->
          NumberText.exponential(number, first == Undefined.UNDEFINED ? -1 : digits(first, 0, 0));
      case "toString" -> NumberText.radix(number, radix(first));
      case "valueOf" -> number;
      default -> null;
    };
  }

  private static int digits(Object value, int missing, int least) {
    int digits = Conversions.integer(value, missing);
    if (digits < least || digits > 100) {
      throw Errors.range("The number of digits must be between " + least + " and 100");
    }
    return digits;
  }

  private static int radix(Object value) {
    int radix = Conversions.integer(value, 10);
    if (radix < 2 || radix > 36) {
      throw Errors.range("toString() radix must be between 2 and 36");
    }
    return radix;
  }
}
