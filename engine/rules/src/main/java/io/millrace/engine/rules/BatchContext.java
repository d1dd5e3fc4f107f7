package io.millrace.engine.rules;

import io.millrace.store.commit.Commit;
import java.util.UUID;

/// The batch of messages that a partition is deciding on; implemented by `engine/pipeline`.
public interface BatchContext {
  /// Takes every effect of the batch.
  Commit commit();

  /// Milliseconds since 1970; one moment for the whole batch.
  long now();

  UUID newId();

  /// Adds the call to the outbox, in this batch's commit; the answer comes to
  /// [RuleEngine#resume] with the same frame and message, in the partition of the message's
  /// originator.
  void callOutside(CallFrame frame, RuleMessage message, OutsideCall call);

  /// Sets a timer, in this batch's commit: at `atMs` or soon after, also after a restart, the
  /// message comes to [RuleEngine#wake] with the same frame, in its originator's partition.
  void wakeLater(CallFrame frame, RuleMessage message, long atMs);
}
