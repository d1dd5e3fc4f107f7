package io.millrace.engine.scripts;

/// Errors of the language that a script can catch.
final class Errors {
  private Errors() {}

  static Thrown type(String message) {
    return new Thrown(new ScriptError("TypeError", message));
  }

  static Thrown reference(String name) {
    return new Thrown(new ScriptError("ReferenceError", name + " is not defined"));
  }

  static Thrown range(String message) {
    return new Thrown(new ScriptError("RangeError", message));
  }

  static Thrown syntax(String message) {
    return new Thrown(new ScriptError("SyntaxError", message));
  }
}
