package io.millrace.engine.rules;

/// What came of a message as a whole, for the queue that it came by.
///
/// @param reason one sentence; empty when all went well
public record Verdict(Kind kind, String reason) {
  public static final Verdict WELL = new Verdict(Kind.WELL, "");

  public boolean isWell() {
    return kind == Kind.WELL;
  }

  public enum Kind {
    /// Every node was content, or its failure had a connection to go on by.
    WELL,
    /// A node failed and nothing was connected to its failure.
    FAILED,
    /// It took too many nodes or too long.
    TIMED_OUT
  }
}
