package io.millrace.wire.device;

/// A body that cannot be taken; the message names the thing and the cure.
final class BadBodyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadBodyException(String message) {
    super(message, null, false, false); // an answer, not a defect: no stack trace
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
