package io.millrace.store.messages;

/// A block of messages does not hold what a block holds.
public final class DamagedBlockException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DamagedBlockException(String what) {
    super("A block of the message log is damaged: " + what);
  }
}
