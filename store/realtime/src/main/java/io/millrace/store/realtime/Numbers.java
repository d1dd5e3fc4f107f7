package io.millrace.store.realtime;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;

/// Arithmetic on the two kinds of number.
final class Numbers {
  private static final double LONG_END = 0x1p63;

  private Numbers() {}

  static boolean isNumber(JsonValue value) {
    return value instanceof JsonLong || value instanceof JsonDouble;
  }

  /// Exact: a long is never rounded to be compared.
  static int compare(JsonValue a, JsonValue b) {
    if (a instanceof JsonLong(var left)) {
      return b instanceof JsonLong(var right)
          ? Long.compare(left, right)
          : compare(left, asDouble(b));
    }
    return b instanceof JsonLong(var right)
        ? -compare(right, asDouble(a))
        : Double.compare(asDouble(a), asDouble(b));
  }

  private static int compare(long left, double right) {
    if (right >= LONG_END) {
      return -1;
    }
    if (right < -LONG_END) {
      return 1;
    }
    int order = Long.compare(left, (long) right);
    return order != 0 ? order : Double.compare(0, right - (long) right);
  }

  static double asDouble(JsonValue number) {
    return switch (number) {
      case JsonLong(var value) -> value;
      case JsonDouble(var value) -> value;
      default -> throw new IllegalArgumentException("Not a number: " + number);
    };
  }
}
