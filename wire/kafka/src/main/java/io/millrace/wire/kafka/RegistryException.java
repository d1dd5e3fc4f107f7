package io.millrace.wire.kafka;

/// The schema registry does not answer; what needs it waits.
final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
