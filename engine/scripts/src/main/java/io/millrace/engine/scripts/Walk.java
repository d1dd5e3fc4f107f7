package io.millrace.engine.scripts;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/// The values that a loop goes through; what is added on the way is met too.
final class Walk {
  private final IntSupplier size;
  private final IntFunction<Object> values;
  private int at = -1;

  Walk(IntSupplier size, IntFunction<Object> values) {
    this.size = size;
    this.values = values;
  }

  boolean next() {
    return ++at < size.getAsInt();
  }

  Object value() {
    return values.apply(at);
  }
}
