package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import java.util.List;
import java.util.UUID;

/// The calls that were given up, to be looked at, sent again or dropped. Any thread.
public final class DeadLetters {
  DeadLetters() {}

  /// A tenant's letters, latest first, at most `limit`.
  public List<DeadLetter> list(EntityId tenantId, int limit) {
    throw new IllegalStateException("engine/pipeline is being built");
  }

  /// Puts the call back into the outbox, as new; false when there is no such letter.
  public boolean resend(EntityId tenantId, UUID id) {
    throw new IllegalStateException("engine/pipeline is being built");
  }

  /// Forgets the letter; false when there is no such letter.
  public boolean drop(EntityId tenantId, UUID id) {
    throw new IllegalStateException("engine/pipeline is being built");
  }
}
