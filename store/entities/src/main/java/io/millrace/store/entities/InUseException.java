package io.millrace.store.entities;

/// The row cannot go because others refer to it. The message says which.
public final class InUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InUseException(String message) {
    super(message);
  }
}
