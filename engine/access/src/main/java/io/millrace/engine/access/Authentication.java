package io.millrace.engine.access;

/// What an access token turned out to be.
public sealed interface Authentication {
  /// Good.
  record Known(Caller caller) implements Authentication {}

  /// Not let in.
  record Refused(Denial denial) implements Authentication {}
}
