package io.millrace.engine.rules;

/// What came of a message as a whole, for the queue that it came by.
///
/// @param reason one sentence; empty when all went well
/// @param queue the queue that a checkpoint handed the message to before; empty for that of its
///     originator
public record Verdict(Kind kind, String reason, String queue) {
  public static final Verdict WELL = new Verdict(Kind.WELL, "");

  public Verdict(Kind kind, String reason) {
    this(kind, reason, "");
  }

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
