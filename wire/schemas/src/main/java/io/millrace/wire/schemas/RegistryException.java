package io.millrace.wire.schemas;

/// The schema registry does not answer; what needs it waits.
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
