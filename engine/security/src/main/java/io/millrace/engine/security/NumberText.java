package io.millrace.engine.security;

import java.math.BigDecimal;

/// A number as JavaScript writes it.
final class NumberText {
  private NumberText() {}

  static String of(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return "0";
    }
    var decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    return (number < 0 ? "-" : "") + of(decimal);
  }

  /// ECMA-262, Number::toString: plain from 1e-6 to 1e21, otherwise with an exponent.
  private static String of(BigDecimal decimal) {
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return decimal.toPlainString();
    }
    var digits = decimal.unscaledValue().toString();
    var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
