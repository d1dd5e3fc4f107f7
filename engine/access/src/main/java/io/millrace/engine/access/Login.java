package io.millrace.engine.access;

/// What came of an attempt to sign in or to renew tokens.
public sealed interface Login {
  /// Let in.
  record SignedIn(Tokens tokens) implements Login {}

  /// Not let in.
  record Refused(Denial denial) implements Login {}
}
