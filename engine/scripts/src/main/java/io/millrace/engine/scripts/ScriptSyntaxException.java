package io.millrace.engine.scripts;

/// A text that is not a script of its language, or uses a construct that is not taken. Line and
/// column count from 1.
public final class ScriptSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String construct;
  private final int line;
  private final int column;

  ScriptSyntaxException(String message, String construct, int line, int column) {
    super(message + " (line " + line + ", column " + column + ")", null, false, false);
    this.construct = construct;
    this.line = line;
    this.column = column;
  }

  /// The piece of the script that was refused, as in `class` or `new java.io.File`.
  public String construct() {
    return construct;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
