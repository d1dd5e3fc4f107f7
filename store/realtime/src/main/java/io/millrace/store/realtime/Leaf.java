package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;

/// A string, number or boolean, perhaps with a priority.
public final class Leaf extends Node {
  private static final int SIZE_BYTES = 40;
  private final JsonValue value;

  Leaf(JsonValue value, JsonValue priority) {
    super(priority);
    this.value = value;
  }

  /// A leaf without priority.
  ///
  /// @param value a string, number or boolean
  public static Leaf of(JsonValue value) {
    return new Leaf(canonical(value), JsonNull.NULL);
  }

  /// A string, a long, a double that is no long, or a boolean.
  public JsonValue value() {
    return value;
  }

  @Override
  public Node child(String key) {
    return key.equals(PRIORITY) ? priorityNode() : Branch.EMPTY;
  }

  @Override
  public Node with(String key, Node child) {
    if (key.equals(PRIORITY)) {
      return withPriority(Branch.priorityOf(child));
    }
    // RTDB: a child written below a value replaces the value and keeps the priority
    return child.isEmpty() ? this : Branch.EMPTY.with(key, child).withPriority(priority());
  }

  @Override
  public Node withPriority(JsonValue priority) {
    return priority.equals(priority()) ? this : new Leaf(value, priority);
  }

  @Override
  public long sizeBytes() {
    return value instanceof JsonString(var text) ? SIZE_BYTES + text.length() : SIZE_BYTES;
  }

  /// A number that fits a long and loses nothing becomes one, so that 1.0 and 1 are equal.
  static JsonValue canonical(JsonValue value) {
    return switch (value) {
      case JsonDouble(var number)
          when number == Math.rint(number) && Math.abs(number) <= 1L << 53 ->
          new JsonLong((long) number);
      case JsonDouble _, JsonLong _, JsonString _, JsonBoolean _ -> value;
      default -> throw new IllegalArgumentException("Not a leaf value: " + value);
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Leaf leaf
            && value.equals(leaf.value)
            && priority().equals(leaf.priority()));
  }

  @Override
  public int hashCode() {
    return value.hashCode() * 31 + priority().hashCode();
  }

  @Override
  public String toString() {
    return toExportJson().toString();
  }
}
