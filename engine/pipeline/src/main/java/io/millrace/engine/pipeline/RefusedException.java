package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Refusal;

/// Work was not done and nothing of it is stored, for the reason given.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
