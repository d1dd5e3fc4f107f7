package io.millrace.base.json;

/// A number that is not a 64-bit whole number as written; never NaN, never infinite.
public record JsonDouble(double value) implements JsonValue {
  public JsonDouble {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
