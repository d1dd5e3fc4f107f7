package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import java.util.UUID;
import java.util.function.Supplier;

/// A node's door to everything but its settings, for the time of one message.
public interface NodeContext {
  /// Takes every effect; durable, all or nothing, with the batch that the message is in.
  Commit commit();

  EntityId tenantId();

  UUID chainId();

  UUID nodeId();

  /// Milliseconds since 1970; the same for the whole batch.
  long now();

  UUID newId();

  /// From here on the message is that queue's: its strategy says what becomes of a failure.
  void queue(String name);

  /// Writes a line to the log, with tenant, chain and node.
  void log(String line);

  /// Sends a further message to the tenant's root chain (or its originator's profile's), in this
  /// same batch. It counts against the steps of the message that caused it.
  void enqueue(RuleMessage message);

  /// Tells calculated fields of values that this message brought; in this same batch.
  void told(RuleMessage message, ValueChange change);

  /// Has this node's [RuleNode#onTimer] called with the message, at that time or soon after.
  ///
  /// @param atMs milliseconds since 1970; a time that has passed means at once
  void wakeLater(RuleMessage message, long atMs);

  /// Why something happens here, for people who ask later: `message` (as it is at this node),
  /// `chain` (id, name, version), `node` (id, name), and `path`: the nodes that the message came
  /// along in this batch, first one first, each with the connection it left by. Made when it is
  /// asked for, also after this call.
  Supplier<JsonObject> cause(RuleMessage message);
}
