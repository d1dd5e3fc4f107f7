package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import java.util.UUID;
import java.util.function.Consumer;

/// What a [ValueWatch] causes during one message.
///
/// @param home the originator whose partition this is
/// @param further takes messages to be run in this batch
record BatchEffects(
    EntityId tenantId, EntityId home, BatchContext batch, Consumer<RuleMessage> further)
    implements ValueContext {
  @Override
  public Commit commit() {
    return batch.commit();
  }

  @Override
  public long now() {
    return batch.now();
  }

  @Override
  public UUID newId() {
    return batch.newId();
  }

  @Override
  public void send(RuleMessage message) {
    if (message.originator().equals(home)) {
      further.accept(message);
    } else {
      sendLater(message);
    }
  }

  @Override
  public void sendLater(RuleMessage message) {
    call(OutsideCall.hop(), message);
  }

  @Override
  public void wakeLater(RuleMessage message, long atMs) {
    batch.wakeLater(CallFrame.start(tenantId), message, atMs);
  }

  @Override
  public void call(OutsideCall call, RuleMessage message) {
    batch.callOutside(CallFrame.start(tenantId), message, call);
  }
}
