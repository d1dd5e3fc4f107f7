package io.millrace.base.json;

/// A whole number of 64 bits.
public record JsonLong(long value) implements JsonValue {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
