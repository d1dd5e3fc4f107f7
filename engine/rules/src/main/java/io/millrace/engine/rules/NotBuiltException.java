package io.millrace.engine.rules;

/// Thrown by a node's constructor: the settings are sound, but ask for what is not built here. The
/// chain is taken and the node marked; messages that reach it fail with this reason.
public final class NotBuiltException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public NotBuiltException(String reason) {
    super(reason);
  }
}
