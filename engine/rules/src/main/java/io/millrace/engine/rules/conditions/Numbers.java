package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Values as ThingsBoard's numeric and truth conditions see them.
final class Numbers {
  private Numbers() {}

  /// The number; null for what is none. True counts as 1, a text that reads as a number as that.
  static @Nullable Double of(@Nullable JsonValue value) {
    return switch (value) {
      case JsonLong(long whole) -> (double) whole;
      case JsonDouble(double number) -> number;
      case JsonBoolean literal -> literal.value() ? 1.0 : 0.0;
      case JsonString(var text) -> parse(text);
      case null, default -> null;
    };
  }

  /// The truth; null for what is none. A number is true unless it is 0.
  static @Nullable Boolean truth(@Nullable JsonValue value) {
    return switch (value) {
      case JsonBoolean literal -> literal.value();
      case JsonLong(long whole) -> whole != 0;
      case JsonDouble(double number) -> number != 0;
      case JsonString(var text) -> Boolean.parseBoolean(text);
      case null, default -> null;
    };
  }

  private static @Nullable Double parse(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
