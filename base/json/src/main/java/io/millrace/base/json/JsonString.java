package io.millrace.base.json;

/// A string; [#toString] is its quoted JSON text, [#asText] the bare one.
public record JsonString(String value) implements JsonValue {
  @Override
  public String asText() {
    return value;
  }

  @Override
  public String toString() {
    return JsonText.of(this);
  }
}
