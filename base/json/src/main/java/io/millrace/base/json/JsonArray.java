package io.millrace.base.json;

import java.util.List;

/// An ordered list of values.
public record JsonArray(List<JsonValue> values) implements JsonValue {
  public static final JsonArray EMPTY = new JsonArray(List.of());

  public JsonArray {
    values = List.copyOf(values);
  }

  public static JsonArray of(JsonValue... values) {
    return new JsonArray(List.of(values));
  }

  public int size() {
    return values.size();
  }

  public JsonValue get(int index) {
    return values.get(index);
  }

  @Override
  public String toString() {
    return JsonText.of(this);
  }
}
