package io.millrace.wire.kafka;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.Along;
import io.millrace.engine.pipeline.RefusedException;
import io.millrace.store.commit.Commit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One record on its way to the store.
final class Flight implements Ack, Along {
  enum State {
    FLYING,
    /// Its effects are durable, or it is in the dead-letter topic.
    DONE,
    /// It can never be taken: to the dead-letter topic with it.
    POISON,
    /// Not taken for now: it must be read again, and what follows it as well.
    REFUSED
  }

  private static final Refusal OUT_OF_TURN =
      new Refusal(Refusal.Kind.UNAVAILABLE, "A record before this one was not taken");

  final ConsumerRecord<byte[], byte[]> record;
  private final PartitionFlights partition;
  private volatile State state = State.FLYING;
  private volatile String reason = "";
  private volatile boolean withoutValue;

  Flight(ConsumerRecord<byte[], byte[]> record, PartitionFlights partition) {
    this.record = record;
    this.partition = partition;
  }

  State state() {
    return state;
  }

  /// Why it is poison or was refused.
  String reason() {
    return reason;
  }

  /// Behind one that was refused, none takes effect: a device's records keep their order.
  @Override
  public void into(Commit commit) {
    if (partition.isGrounded()) {
      throw new RefusedException(OUT_OF_TURN);
    }
    partition.mark(commit, record.offset());
  }

  @Override
  public void done() {
    state = State.DONE;
  }

  @Override
  public void refused(Refusal refusal) {
    if (refusal.kind() == Refusal.Kind.MALFORMED) {
      poisoned(refusal.reason());
    } else {
      reason = refusal.reason();
      partition.ground();
      state = State.REFUSED;
    }
  }

  void poisoned(String why) {
    reason = why;
    state = State.POISON;
  }

  /// Its value is too large for the dead-letter topic: to be tried without.
  void tooLarge() {
    withoutValue = true;
    state = State.POISON;
  }

  boolean isWithoutValue() {
    return withoutValue;
  }

  /// It is being written to the dead-letter topic.
  void flying() {
    state = State.FLYING;
  }
}
