package io.millrace.engine.security;

/// Rules that cannot be taken, and where they are wrong.
public final class RulesException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int line;
  private final int column;
  private final String problem;

  RulesException(int line, int column, String problem) {
    super("%d:%d: %s".formatted(line, column, problem), null, false, false);
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /// Counted from 1.
  public int line() {
    return line;
  }

  /// Counted from 1, in UTF-16 units.
  public int column() {
    return column;
  }

  /// What is wrong, without the place.
  public String problem() {
    return problem;
  }
}
