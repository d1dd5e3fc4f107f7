package io.millrace.engine.pipeline;

import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.store.commit.Commit;
import java.io.IOException;

/// Carries calls to a part of this same process, whose effect is a [Commit]: exactly once, since
/// the effect and the note that it happened become durable together.
///
/// Asked before the [Delivery] of the same kind.
public interface EmbeddedDelivery {
  /// Whether this call is for this part.
  boolean takes(OutsideCall call);

  /// Takes effect and waits until it is durable; on a virtual thread.
  ///
  /// @param settlement to be put into the commit that holds the effect. A call that has no effect
  ///     (a read, a refusal) is answered without it.
  /// @throws IOException when trying again may help, and nothing took effect
  Answer deliver(OutsideCall call, String idempotencyKey, Settlement settlement) throws IOException;

  /// The note in the outbox that a call took effect.
  @FunctionalInterface
  interface Settlement {
    /// Adds the note to the commit that holds the effect; before its write, on its thread.
    void into(Commit commit, Answer answer);
  }
}
