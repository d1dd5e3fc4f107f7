package io.millrace.wire.http;

/// A port cannot be opened. The message is one sentence with port, setting and cure.
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PortTakenException(String message, Throwable cause) {
    super(message, cause);
  }
}
