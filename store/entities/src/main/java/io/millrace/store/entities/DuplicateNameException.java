package io.millrace.store.entities;

/// Another row has that name already. The message names it.
public final class DuplicateNameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DuplicateNameException(String message) {
    super(message);
  }
}
