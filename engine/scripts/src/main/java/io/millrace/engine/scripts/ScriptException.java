package io.millrace.engine.scripts;

/// A run that ended without a result. Line and column count from 1 in the script as it was written;
/// 0 when there is no place to name.
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why there is no result.
  public enum Kind {
    /// The script threw, or did something that its language does not allow.
    ERROR,
    /// It took too many steps or too long.
    TIME,
    /// It made too much.
    MEMORY,
    /// It called itself, or nested values, too deep.
    DEPTH,
    /// Its result is too large or cannot be written as JSON.
    OUTPUT
  }

  private final Kind kind;
  private final int line;
  private final int column;

  ScriptException(Kind kind, String message, int line, int column) {
    super(
        line > 0 ? message + " (line " + line + ", column " + column + ")" : message,
        null,
        false,
        false);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  public Kind kind() {
    return kind;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
