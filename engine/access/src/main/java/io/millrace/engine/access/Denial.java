package io.millrace.engine.access;

/// Why somebody was not let in.
///
/// @param retryAfterSeconds how long to wait, for `TOO_MANY_ATTEMPTS`; otherwise 0
public record Denial(Reason reason, long retryAfterSeconds) {
  /// The cases that a protocol tells apart.
  public enum Reason {
    /// No such user, no password set, or another password: callers are not told which.
    BAD_CREDENTIALS,
    TOO_MANY_ATTEMPTS,
    /// Not a token of ours, of a user that is gone, or of a session that was ended.
    BAD_TOKEN,
    TOKEN_EXPIRED
  }

  static Denial of(Reason reason) {
    return new Denial(reason, 0);
  }
}
