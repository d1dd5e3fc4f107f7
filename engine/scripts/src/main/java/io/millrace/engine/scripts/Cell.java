package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// A variable that several functions of a script share. Null: it has no value yet.
final class Cell {
  @Nullable Object value;
}
