package io.millrace.wire.schemas;

/// A record that cannot be taken, now or later; the message says why.
public final class PoisonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PoisonException(String reason) {
    super(reason, null, false, false); // a verdict on a record, not a defect
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
