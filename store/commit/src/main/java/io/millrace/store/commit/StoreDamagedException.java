package io.millrace.store.commit;

/// The data directory cannot be opened as it is. The message names the directory and the cure.
public final class StoreDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
