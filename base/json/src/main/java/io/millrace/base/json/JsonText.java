package io.millrace.base.json;

import java.util.HexFormat;

/// Writes values as compact JSON text.
final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  static String of(JsonValue value) {
    var out = new StringBuilder(64);
    append(value, out);
    return out.toString();
  }

  private static void append(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonObject object -> append(object, out);
      case JsonArray array -> append(array, out);
      case JsonString string -> append(string.value(), out);
      case JsonLong number -> out.append(number.value());
      case JsonDouble number -> out.append(number.value());
      case JsonBoolean literal -> out.append(literal);
      case JsonNull literal -> out.append(literal);
    }
  }

  private static void append(JsonObject object, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < object.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(object.name(i), out);
      out.append(':');
      append(object.value(i), out);
    }
    out.append('}');
  }

  private static void append(JsonArray array, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(array.get(i), out);
    }
    out.append(']');
  }

  private static void append(String text, StringBuilder out) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text); // nearly always, and several times as fast
    } else {
      escaped(text, out);
    }
    out.append('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void escaped(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || (Character.isSurrogate(c) && isAlone(text, i))) {
            out.append("\\u").append(HEX.toHexDigits(c)); // RFC 8259 section 7 and 8.2
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static boolean isAlone(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }
}
