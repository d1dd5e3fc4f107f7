package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A place in the order of acknowledgements of one connection. Completed on any thread.
final class PendingAck implements Ack {
  private static final Outcome TAKEN = new Outcome(null);

  /// How it ended: refused, or taken.
  private record Outcome(@Nullable Refusal refusal) {}

  private final Inbound inbound;
  final int packetId;
  final int qos;
  final int sizeBytes;
  final ReasonCode success;
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

  PendingAck(Inbound inbound, int packetId, int qos, int sizeBytes, ReasonCode success) {
    this.inbound = inbound;
    this.packetId = packetId;
    this.qos = qos;
    this.sizeBytes = sizeBytes;
    this.success = success;
  }

  /// One that is complete from the start and only waits for its turn.
  PendingAck completed() {
    outcome.setPlain(TAKEN);
    return this;
  }

  boolean isComplete() {
    return outcome.get() != null;
  }

  /// Why it was refused, or null when it was taken.
  @Nullable Refusal refusal() {
    var how = outcome.get();
    return how == null ? null : how.refusal();
  }

  @Override
  public void done() {
    complete(TAKEN);
  }

  @Override
  public void refused(Refusal refusal) {
    complete(new Outcome(refusal));
  }

  private void complete(Outcome how) {
    if (outcome.compareAndSet(null, how)) {
      inbound.completed();
    }
  }
}
