package io.millrace.engine.access;

/// What came of setting a password.
public sealed interface NewPassword {
  /// It holds from now on.
  record Set() implements NewPassword {}

  /// Not taken.
  ///
  /// @param reason what is wrong with it, for the user to read
  record Refused(String reason) implements NewPassword {}
}
