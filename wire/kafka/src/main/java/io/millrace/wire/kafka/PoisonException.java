package io.millrace.wire.kafka;

/// A record that cannot be taken, now or later; the message says why.
final class PoisonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PoisonException(String reason) {
    super(reason, null, false, false); // a verdict on a record, not a defect
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
