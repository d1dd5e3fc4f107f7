package io.millrace.store.entities;

/// Somebody else saved the row since it was read: read it again and repeat the change.
public final class StaleVersionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StaleVersionException(String message) {
    super(message);
  }
}
