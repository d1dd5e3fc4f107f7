package io.millrace.engine.security;

/// How much work one decision may take; a rule that would take more fails.
final class StepBudget {
  private static final long STEPS_MAX = 200_000_000; // about a second
  private long left = STEPS_MAX;

  /// Whether there was enough left.
  boolean spend(long steps) {
    left -= steps;
    return left >= 0;
  }
}
