package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// QoS 2 messages of a durable session that have their turn, in order.
///
/// Each leaves when its packet identifier is on disk: after a crash it must go out under the same
/// one, or the client would take it for another message.
final class HeldMessages {
  private final SessionLedger ledger;
  private final Consumer<Delivery> leave;
  private final Consumer<Refusal> refused;
  private final ArrayDeque<Delivery> held = new ArrayDeque<>(4);
  private int barriers;

  /// None yet.
  ///
  /// @param leave sends one
  /// @param refused the disk takes nothing
  HeldMessages(SessionLedger ledger, Consumer<Delivery> leave, Consumer<Refusal> refused) {
    this.ledger = ledger;
    this.leave = leave;
    this.refused = refused;
  }

  /// Sends the message when that is safe, after those before it.
  ///
  /// @param isInBlock its identifier is part of its block's row, else of the session's state
  void add(Delivery delivery, boolean isInBlock) {
    delivery.state = Delivery.State.HELD;
    delivery.isReady = false;
    held.add(delivery);
    var block = delivery.block;
    if (block == null || !isInBlock || barriers > 0) {
      ledger.after(new Ready(this, delivery));
    } else if (block.isKept()) {
      ready(delivery);
    } else if (block.isRefused()) {
      ledger.after(new Ready(this, delivery));
    } else {
      ledger.changed();
      block.whenKept(new Ready(this, delivery));
    }
  }

  /// What follows leaves only after everything that changed until now is on disk.
  void barrier() {
    barriers++;
    ledger.after(new Barrier(this));
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  void clear() {
    held.clear();
  }

  private void ready(Delivery delivery) {
    delivery.isReady = true;
    // [MQTT-4.6.0-6] in their order
    for (var first = held.peek(); first != null && first.isReady; first = held.peek()) {
      held.remove();
      leave.accept(first);
    }
  }

  private record Ready(HeldMessages messages, Delivery delivery) implements Ack {
    @Override
    public void done() {
      messages.ready(delivery);
    }

    @Override
    public void refused(Refusal refusal) {
      messages.refused.accept(refusal);
    }
  }

  private record Barrier(HeldMessages messages) implements Ack {
    @Override
    public void done() {
      messages.barriers--;
    }

    @Override
    public void refused(Refusal refusal) {
      messages.barriers--; // the connection ends, the next one begins with another
      messages.refused.accept(refusal);
    }
  }
}
