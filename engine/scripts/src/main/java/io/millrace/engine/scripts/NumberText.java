package io.millrace.engine.scripts;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as JavaScript writes and reads them.
final class NumberText {
  private static final double WHOLE_MAX = 1e15;
  private static final int PLAIN_DIGITS = 21; // ECMAScript Number::toString
  private static final int SMALLEST_PLAIN = -6;

  private NumberText() {}

  static String of(double number) {
    if (number == Math.rint(number) && Math.abs(number) < WHOLE_MAX) {
      return Long.toString((long) number);
    }
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return number < 0 ? "-" + positive(-number) : positive(number);
  }

  /// ECMAScript: the shortest digits that mean this number; Java finds the same ones.
  private static String positive(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    var digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    if (point > PLAIN_DIGITS || point <= SMALLEST_PLAIN) {
      return withExponent(digits, point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String withExponent(String digits, int exponent) {
    var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }

  static String fixed(double number, int digits) {
    if (Double.isNaN(number) || Math.abs(number) >= 1e21) {
      return of(number);
    }
    var rounded =
        new BigDecimal(Math.abs(number)).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    return number < 0 ? "-" + rounded : rounded;
  }

  static String precision(double number, int digits) {
    if (!Double.isFinite(number)) {
      return of(number);
    }
    if (number == 0) {
      return digits == 1 ? "0" : "0." + "0".repeat(digits - 1);
    }
    var rounded =
        new BigDecimal(Math.abs(number))
            .round(new java.math.MathContext(digits, RoundingMode.HALF_UP));
    int exponent = rounded.precision() - rounded.scale() - 1;
    var sign = number < 0 ? "-" : "";
    if (exponent < SMALLEST_PLAIN || exponent >= digits) {
      var all = padded(rounded, digits);
      return sign + withExponent(all, exponent);
    }
    return sign + rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_UP).toPlainString();
  }

  static String exponential(double number, int digits) {
    if (!Double.isFinite(number)) {
      return of(number);
    }
    if (number == 0) {
      return withExponent("0".repeat(Math.max(1, digits + 1)), 0);
    }
    var exact = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    var rounded =
        digits < 0
            ? exact
            : new BigDecimal(Math.abs(number))
                .round(new java.math.MathContext(digits + 1, RoundingMode.HALF_UP));
    int exponent = rounded.precision() - rounded.scale() - 1;
    var all = digits < 0 ? rounded.unscaledValue().toString() : padded(rounded, digits + 1);
    return (number < 0 ? "-" : "") + withExponent(all, exponent);
  }

  private static String padded(BigDecimal rounded, int digits) {
    var all = rounded.unscaledValue().toString();
    return all.length() < digits
        ? all + "0".repeat(digits - all.length())
        : all.substring(0, digits);
  }

  static String radix(double number, int radix) {
    if (radix == 10 || !Double.isFinite(number)) {
      return of(number);
    }
    double whole = Math.floor(Math.abs(number));
    var text = new StringBuilder(new BigDecimal(whole).toBigInteger().toString(radix));
    double rest = Math.abs(number) - whole;
    if (rest > 0) {
      text.append('.');
      fraction(rest, Math.ulp(Math.abs(number)) / 2, radix, text);
    }
    return number < 0 ? "-" + text : text.toString();
  }

  /// As many digits as tell the number from its neighbours.
  private static void fraction(double rest, double error, int radix, StringBuilder text) {
    double value = rest;
    double delta = Math.max(error, Double.MIN_VALUE);
    do {
      value *= radix;
      delta *= radix;
      int digit = (int) value;
      text.append(Character.forDigit(digit, radix));
      value -= digit;
      if (value > 0.5 || (value == 0.5 && (digit & 1) != 0)) {
        if (value + delta > 1) {
          carry(text, radix);
          return;
        }
      }
    } while (value >= delta);
  }

  private static void carry(StringBuilder text, int radix) {
    for (int i = text.length() - 1; i >= 0; i--) {
      if (text.charAt(i) == '.') {
        continue;
      }
      int digit = Character.digit(text.charAt(i), radix) + 1;
      if (digit < radix) {
        text.setCharAt(i, Character.forDigit(digit, radix));
        return;
      }
      text.setLength(i);
    }
  }

  /// The number that a whole string spells, or NaN (ECMAScript StringToNumber).
  static double parse(String text) {
    var trimmed = Texts.trim(text);
    if (trimmed.isEmpty()) {
      return 0;
    }
    if (trimmed.length() > 2 && trimmed.charAt(0) == '0') {
      int radix =
          switch (trimmed.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
          };
      if (radix > 0) {
        return whole(trimmed, 2, radix, true);
      }
    }
    return decimalEnd(trimmed) == trimmed.length() ? decimal(trimmed) : Double.NaN;
  }

  /// The number that a string begins with, or NaN.
  static double parseFloat(String text) {
    var trimmed = Texts.trim(text);
    int end = decimalEnd(trimmed);
    return end == 0 ? Double.NaN : decimal(trimmed.substring(0, end));
  }

  static double parseInt(String text, int radix) {
    var trimmed = Texts.trim(text);
    boolean minus = trimmed.startsWith("-");
    int start = minus || trimmed.startsWith("+") ? 1 : 0;
    int base = radix;
    if ((base == 0 || base == 16) && trimmed.regionMatches(true, start, "0x", 0, 2)) {
      start += 2;
      base = 16;
    }
    if (base == 0) {
      base = 10;
    }
    if (base < 2 || base > 36) {
      return Double.NaN;
    }
    double value = whole(trimmed, start, base, false);
    return minus ? -value : value;
  }

  private static double whole(String text, int start, int radix, boolean toTheEnd) {
    int end = start;
    while (end < text.length()
        && text.charAt(end) < 128
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    if (end == start || (toTheEnd && end < text.length())) {
      return Double.NaN;
    }
    return end - start <= 10
        ? Long.parseLong(text.substring(start, end), radix)
        : new java.math.BigInteger(text.substring(start, Math.min(end, start + 2_000)), radix)
            .doubleValue();
  }

  private static double decimal(String text) {
    if (text.endsWith("Infinity")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }

  /// Where the decimal number at the start of `text` ends; 0 when there is none.
  private static int decimalEnd(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.startsWith("Infinity", at)) {
      return at + "Infinity".length();
    }
    int whole = digitsEnd(text, at);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(text, end + 1);
      if (end == whole + 1 && whole == at) {
        return 0; // a lone point
      }
    } else if (whole == at) {
      return 0;
    }
    return exponentEnd(text, end);
  }

  private static int exponentEnd(String text, int end) {
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int digits = end + 1;
      if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
        digits++;
      }
      int after = digitsEnd(text, digits);
      if (after > digits) {
        return after;
      }
    }
    return end;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
