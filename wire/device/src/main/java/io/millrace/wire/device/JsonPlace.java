package io.millrace.wire.device;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a JSON document: `data.values`, `$.list[0].v`. Empty is the whole document.
record JsonPlace(String text, List<String> steps) {
  private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+|\\[\\d{1,9}]");
  private static final int STEPS_MAX = 32;

  /// Checks a path.
  ///
  /// @throws IllegalArgumentException when it is none
  static JsonPlace of(String text) {
    var path = text.startsWith("$") ? text.substring(1) : text;
    path = path.startsWith(".") ? path.substring(1) : path;
    var steps = STEP.matcher(path).results().map(found -> found.group()).toList();
    var again = String.join(".", steps).replace(".[", "[");
    if (!again.equals(path) || steps.size() > STEPS_MAX) {
      throw new IllegalArgumentException(
          "'%s' is no path in JSON; write it as data.values or list[0].v".formatted(text));
    }
    return new JsonPlace(text, steps);
  }

  @Nullable JsonValue in(JsonValue document) {
    JsonValue here = document;
    for (var step : steps) {
      var next = step(here, step);
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }

  private static @Nullable JsonValue step(JsonValue here, String step) {
    if (step.startsWith("[")) {
      int at = Integer.parseInt(step.substring(1, step.length() - 1));
      return here instanceof JsonArray array && at < array.values().size()
          ? array.values().get(at)
          : null;
    }
    return here instanceof JsonObject object ? object.get(step) : null;
  }
}
