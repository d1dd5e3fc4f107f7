package io.millrace.engine.scripts;

/// A run that a limit ended; no script can catch it.
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ScriptException.Kind kind;
  private final int place;

  Stopped(ScriptException.Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.place = Place.here();
  }

  ScriptException.Kind kind() {
    return kind;
  }

  int place() {
    return place;
  }
}
