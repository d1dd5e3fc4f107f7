package io.millrace.store.entities;

/// The row, or one that it refers to, is not there (any more).
public final class MissingEntityException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingEntityException(String message) {
    super(message);
  }
}
