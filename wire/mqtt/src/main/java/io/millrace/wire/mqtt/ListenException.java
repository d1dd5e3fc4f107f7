package io.millrace.wire.mqtt;

/// A port could not be opened. The message names the port and the cure.
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ListenException(String message) {
    super(message);
  }

  public ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
