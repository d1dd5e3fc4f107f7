package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import java.util.UUID;

/// What a [ValueWatch] may cause, all of it durable with the batch.
public interface ValueContext {
  /// Takes every effect. Of the entity that the message is about, and of no other.
  Commit commit();

  EntityId tenantId();

  /// Milliseconds since 1970; the same for the whole batch.
  long now();

  UUID newId();

  /// Sends a message to the rule chains of its originator: in this same batch when it is the entity
  /// that the present message is about, otherwise in that one's partition.
  void send(RuleMessage message);

  /// As [#send], but never in this batch: after it is durable.
  void sendLater(RuleMessage message);

  /// Brings the message to [ValueWatch#enters] at that time or soon after.
  ///
  /// @param atMs milliseconds since 1970; a time that has passed means at once
  void wakeLater(RuleMessage message, long atMs);

  /// Asks the outside, or for a change of entities; once it is done the message comes to
  /// [ValueWatch#enters].
  void call(OutsideCall call, RuleMessage message);
}
