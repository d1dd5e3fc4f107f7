package io.millrace.engine.fields;

/// A field has nothing to compute with yet; no fault, but people are shown why.
final class NotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotReadyException(String message) {
    super(message, null, false, false);
  }
}
