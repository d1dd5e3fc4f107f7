package io.millrace.store.realtime;

/// A bound on databases or listeners is reached. The message names the bound and its setting.
public final class TooManyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyException(String message) {
    super(message);
  }
}
