package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;

/// JSON for people, spaced as the service does: `"a" : 1`, one member a line, two blanks a level.
final class PrettyJson {
  private PrettyJson() {}

  static String of(JsonValue value) {
    var out = new StringBuilder();
    append(value, 0, out);
    return out.append('\n').toString();
  }

  private static void append(JsonValue value, int depth, StringBuilder out) {
    switch (value) {
      case JsonObject object when !object.isEmpty() -> append(object, depth, out);
      case JsonArray array when array.size() > 0 -> append(array, depth, out);
      default -> out.append(value);
    }
  }

  private static void append(JsonObject object, int depth, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < object.size(); i++) {
      line(i, depth + 1, out);
      out.append(new JsonString(object.name(i))).append(" : ");
      append(object.value(i), depth + 1, out);
    }
    out.append('\n').repeat("  ", depth).append('}');
  }

  private static void append(JsonArray array, int depth, StringBuilder out) {
    out.append("[ ");
    for (int i = 0; i < array.size(); i++) {
      out.append(i > 0 ? ", " : "");
      append(array.get(i), depth, out);
    }
    out.append(" ]");
  }

  private static void line(int member, int depth, StringBuilder out) {
    out.append(member > 0 ? ",\n" : "\n").repeat("  ", depth);
  }
}
