package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A way into a JSON value: `a.b[0].c`, with or without JSON Path's `$.` in front.
final class FieldPath {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,6})]");
  private final List<String> steps;

  private FieldPath(List<String> steps) {
    this.steps = steps;
  }

  static FieldPath of(String text) {
    var path = text.strip();
    if (path.startsWith("$")) {
      path = path.substring(path.startsWith("$.") ? 2 : 1);
    }
    var dotted = INDEX.matcher(path).replaceAll(".$1");
    var parts = List.of(dotted.split("\\.")).stream().filter(part -> !part.isEmpty()).toList();
    return new FieldPath(parts);
  }

  /// What is there, or null.
  @Nullable JsonValue find(JsonValue value) {
    JsonValue found = value;
    for (var step : steps) {
      found =
          switch (found) {
            case JsonObject object -> object.get(step);
            case JsonArray list -> at(list, step);
            case null, default -> null;
          };
    }
    return found;
  }

  private static @Nullable JsonValue at(JsonArray list, String step) {
    try {
      int index = Integer.parseInt(step);
      return index >= 0 && index < list.size() ? list.get(index) : null;
    } catch (NumberFormatException notAnIndex) {
      return null;
    }
  }
}
