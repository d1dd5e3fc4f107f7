package io.millrace.engine.security;

/// A run-time error: the whole rule is false then, whatever else stands in it.
final class RuleFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int at;

  /// @param at where in the expression
  RuleFailure(int at, String problem) {
    super(problem, null, false, false);
    this.at = at;
  }

  int at() {
    return at;
  }
}
