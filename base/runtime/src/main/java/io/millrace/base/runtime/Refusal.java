package io.millrace.base.runtime;

/// Why a message was not taken.
///
/// @param reason what happened, the values and the cure, for the sender to read
public record Refusal(Kind kind, String reason) {
  /// Each protocol has its own code for these.
  public enum Kind {
    /// The sender's fault: the same message will be refused again.
    MALFORMED,
    /// The sender may not do this.
    NOT_AUTHORIZED,
    /// Over a limit; a smaller or slower sender would be served.
    OVER_LIMIT,
    /// Ours, for now (disk full, shutting down): try again later.
    UNAVAILABLE
  }
}
