package io.millrace.store.entities;

/// The entity database cannot be opened, or it refused. The message names it and the cure.
public final class EntityStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EntityStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
