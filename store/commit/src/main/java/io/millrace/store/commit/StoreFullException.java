package io.millrace.store.commit;

/// The disk refused a write. Nothing of the commit was written; reads go on.
public final class StoreFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
