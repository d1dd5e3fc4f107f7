package io.millrace.base.json;

/// The JSON literal `null`.
public enum JsonNull implements JsonValue {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
