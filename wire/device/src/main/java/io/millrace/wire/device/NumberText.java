package io.millrace.wire.device;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonValue;

/// Texts that are numbers, as devices that only know texts send them.
final class NumberText {
  private static final int DIGITS_MAX = 18; // always fits 64 bits

  private NumberText() {}

  /// True for `-?digits` and `-?digits.digits`.
  static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = -1;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > start) {
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    int digits = text.length() - start;
    return digits > 0 && digits <= DIGITS_MAX && point != text.length() - 1;
  }

  /// The number that such a text is.
  static JsonValue number(String text) {
    return text.indexOf('.') < 0
        ? new JsonLong(Long.parseLong(text))
        : new JsonDouble(Double.parseDouble(text));
  }
}
