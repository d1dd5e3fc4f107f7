package io.millrace.engine.scripts;

/// JavaScript's `undefined`.
enum Undefined {
  UNDEFINED;

  @Override
  public String toString() {
    return "undefined";
  }
}
