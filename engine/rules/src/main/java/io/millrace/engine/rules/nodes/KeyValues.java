package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.function.BiConsumer;

/// The members of a body that are stored as telemetry or attributes.
final class KeyValues {
  private static final int KEY_CHARACTERS_MAX = 255;
  private static final int NUMBER_CHARACTERS_MAX = 32;

  private KeyValues() {}

  /// Gives each member to `take`; null ones are left out.
  ///
  /// @throws IllegalArgumentException when a key cannot be stored, before any is given
  static void each(JsonObject values, BiConsumer<String, JsonValue> take) {
    for (int i = 0; i < values.size(); i++) {
      check(values.name(i));
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.value(i) != JsonNull.NULL) {
        take.accept(values.name(i), number(values.value(i)));
      }
    }
  }

  private static void check(String key) {
    if (key.isEmpty() || key.length() > KEY_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "The key \"%s\" has %d characters; keys have 1 to %d. Rename it before this node."
              .formatted(
                  key.substring(0, Math.min(40, key.length())), key.length(), KEY_CHARACTERS_MAX));
    }
  }

  /// ThingsBoard: a text that is a plain decimal number is stored as a number.
  private static JsonValue number(JsonValue value) {
    if (!(value instanceof JsonString(var text)) || !isNumber(text)) {
      return value;
    }
    try {
      return text.indexOf('.') < 0
          ? new JsonLong(Long.parseLong(text))
          : new JsonDouble(Double.parseDouble(text));
    } catch (NumberFormatException tooLarge) {
      return value;
    }
  }

  private static boolean isNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    if (text.length() == from || text.length() > NUMBER_CHARACTERS_MAX || text.endsWith(".")) {
      return false;
    }
    int points = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? ++points > 1 : c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
