package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// TBEL's numbers: Integer, which becomes Long when it overflows; Long; Double.
final class TbelNumbers {
  private TbelNumbers() {}

  static Object add(Number left, Number right) {
    if (left instanceof Integer l && right instanceof Integer r) {
      return Values.whole((long) l + r);
    }
    return left instanceof Double || right instanceof Double
        ? (Object) (left.doubleValue() + right.doubleValue())
        : (Object) saturated('+', left.longValue(), right.longValue());
  }

  static Object calculate(char operator, Number left, Number right) {
    if (left instanceof Double || right instanceof Double || operator == 'p') {
      return ofDoubles(operator, left.doubleValue(), right.doubleValue());
    }
    if (operator == '/' && left instanceof Integer && right instanceof Integer) {
      return left.doubleValue() / right.doubleValue(); // MVEL: 5 / 2 is 2.5, but 5L / 2 is 2
    }
    long result = saturated(operator, left.longValue(), right.longValue());
    return left instanceof Integer && right instanceof Integer
        ? Values.whole(result)
        : (Object) result;
  }

  private static double ofDoubles(char operator, double left, double right) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      case '*' -> left * right;
      case '/' -> left / right;
      case '%' -> left % right;
      default -> Math.pow(left, right);
    };
  }

  private static long saturated(char operator, long left, long right) {
    if ((operator == '/' || operator == '%') && right == 0) {
      throw Errors.range("Division by zero");
    }
    try {
      return switch (operator) {
        case '+' -> Math.addExact(left, right);
        case '-' -> Math.subtractExact(left, right);
        case '*' -> Math.multiplyExact(left, right);
        case '/' -> left / right;
        default -> left % right;
      };
    } catch (ArithmeticException e) {
      boolean isNegative = operator == '*' ? (left < 0) != (right < 0) : left < 0;
      return isNegative ? Long.MIN_VALUE : Long.MAX_VALUE; // MVEL: stays at the largest Long
    }
  }

  static Object bits(char operator, Number left, Number right) {
    boolean isLong =
        left instanceof Long || (right instanceof Long && "&|^".indexOf(operator) >= 0);
    return isLong
        ? (Object) bits(operator, left.longValue(), right.longValue())
        : (Object) bits(operator, left.intValue(), right.intValue());
  }

  private static long bits(char operator, long left, long right) {
    return switch (operator) {
      case '&' -> left & right;
      case '|' -> left | right;
      case '^' -> left ^ right;
      case '<' -> left << right;
      case '>' -> left >> right;
      case 'u' -> left >>> right;
      default -> ~left;
    };
  }

  private static int bits(char operator, int left, int right) {
    return switch (operator) {
      case '&' -> left & right;
      case '|' -> left | right;
      case '^' -> left ^ right;
      case '<' -> left << right;
      case '>' -> left >> right;
      case 'u' -> left >>> right;
      default -> ~left;
    };
  }

  /// The number that a value is or spells, or null.
  static @Nullable Number orNull(Object value) {
    return switch (value) {
      case Number number -> number;
      case String text -> parse(text.trim());
      default -> null;
    };
  }

  private static @Nullable Number parse(String text) {
    if (text.isEmpty() || text.length() > 400 || !isNumber(text)) {
      return null;
    }
    try {
      boolean isWhole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
      return isWhole ? (Number) Values.whole(Long.parseLong(text)) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// Only characters that numbers have: Java would take `1d`, `NaN` and more.
  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789.+-eE".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  static int integer(Object value) {
    return number(value).intValue();
  }

  static Number number(Object value) {
    var number = orNull(value);
    if (number == null) {
      throw Errors.type("A number is needed here, not " + TbelText.of(value));
    }
    return number;
  }

  static Object cast(String type, Object value, Run run) {
    if (type.equals("String")) {
      return TbelText.of(value, run);
    }
    if (type.equalsIgnoreCase("boolean") || Conversions.isNothing(value)) {
      return value instanceof String text ? (Object) Boolean.parseBoolean(text) : value;
    }
    return switch (type) {
      case "int", "Integer" -> number(value).intValue();
      case "byte", "Byte" -> (int) number(value).byteValue();
      case "short", "Short" -> (int) number(value).shortValue();
      case "long", "Long" -> number(value).longValue();
      case "float", "Float" -> TbelStatics.ofFloat(number(value).floatValue());
      case "double", "Double" -> number(value).doubleValue();
      default -> value;
    };
  }
}
