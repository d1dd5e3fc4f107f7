package io.millrace.engine.access;

/// What an access token turned out to be.
public sealed interface Authentication {
  record Known(Caller caller) implements Authentication {}

  record Refused(Denial denial) implements Authentication {}
}
