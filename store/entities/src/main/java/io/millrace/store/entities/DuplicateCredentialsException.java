package io.millrace.store.entities;

/// Another device has these credentials already.
public final class DuplicateCredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DuplicateCredentialsException(String message) {
    super(message);
  }
}
