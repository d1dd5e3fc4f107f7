package io.millrace.engine.access;

/// What came of an attempt to sign in or to renew tokens.
public sealed interface Login {
  record SignedIn(Tokens tokens) implements Login {}

  record Refused(Denial denial) implements Login {}
}
