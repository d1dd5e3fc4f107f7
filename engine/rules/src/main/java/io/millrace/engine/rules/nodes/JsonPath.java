package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of JSONPath that chains use: names, indexes, slices, lists of either, `*` and `..`.
///
/// A path that can only mean one value gives it, or nothing; any other gives a list, maybe empty.
final class JsonPath {
  private static final int FOUND_MAX = 10_000;
  private final List<Part> parts;

  private JsonPath(List<Part> parts) {
    this.parts = parts;
  }

  /// One step of a path.
  sealed interface Part {
    record Names(List<String> names) implements Part {}

    record Indexes(List<Integer> indexes) implements Part {}

    /// From inclusive, until exclusive; negative ones count from the end.
    record Slice(int from, int until) implements Part {}

    record All() implements Part {}

    record Descend() implements Part {}
  }

  /// @throws IllegalArgumentException when the text is not such a path
  static JsonPath of(String text) {
    return new JsonPath(List.copyOf(new JsonPathParser(text).parse()));
  }

  Optional<JsonValue> find(JsonValue root) {
    List<JsonValue> found = List.of(root);
    for (var part : parts) {
      var next = new ArrayList<JsonValue>();
      for (var value : found) {
        step(part, value, next);
      }
      found = next;
    }
    return isDefinite() ? found.stream().findFirst() : Optional.of(new JsonArray(found));
  }

  private boolean isDefinite() {
    return parts.stream()
        .allMatch(
            part ->
                switch (part) {
                  case Part.Names(var names) -> names.size() == 1;
                  case Part.Indexes(var indexes) -> indexes.size() == 1;
                  case Part.Slice slice -> false;
                  case Part.All all -> false;
                  case Part.Descend descend -> false;
                });
  }

  private static void step(Part part, JsonValue value, List<JsonValue> found) {
    if (found.size() > FOUND_MAX) {
      throw new IllegalArgumentException(
          "The path finds more than %d values.".formatted(FOUND_MAX));
    }
    switch (part) {
      case Part.Names(var names) -> names.forEach(name -> add(member(value, name), found));
      case Part.Indexes(var indexes) -> indexes.forEach(at -> add(element(value, at), found));
      case Part.Slice(int from, int until) -> slice(value, from, until, found);
      case Part.All() -> found.addAll(children(value));
      case Part.Descend() -> descend(value, found);
    }
  }

  private static void descend(JsonValue value, List<JsonValue> found) {
    found.add(value);
    children(value).forEach(child -> descend(child, found));
  }

  private static void slice(JsonValue value, int from, int until, List<JsonValue> found) {
    if (value instanceof JsonArray array) {
      int first = Math.max(0, from < 0 ? array.size() + from : from);
      int end = Math.min(array.size(), until < 0 ? array.size() + until : until);
      for (int i = first; i < end; i++) {
        found.add(array.get(i));
      }
    }
  }

  private static List<JsonValue> children(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array.values();
    }
    var children = new ArrayList<JsonValue>();
    if (value instanceof JsonObject object) {
      object.forEach((_, child) -> children.add(child));
    }
    return children;
  }

  private static @Nullable JsonValue member(JsonValue value, String name) {
    return value instanceof JsonObject object ? object.get(name) : null;
  }

  private static @Nullable JsonValue element(JsonValue value, int index) {
    if (!(value instanceof JsonArray array)) {
      return null;
    }
    int at = index < 0 ? array.size() + index : index;
    return at >= 0 && at < array.size() ? array.get(at) : null;
  }

  private static void add(@Nullable JsonValue value, List<JsonValue> found) {
    if (value != null) {
      found.add(value);
    }
  }
}
