package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import org.jspecify.annotations.Nullable;

/// One message on its way to one session: waiting, or sent and not yet acknowledged.
///
/// As an [Ack], it is completed when this session has the message on disk.
final class Delivery implements Ack {
  /// Where a sent message stands.
  enum State {
    WAITING,
    /// QoS 2 to a durable session: leaves when its packet identifier is on disk.
    HELD,
    /// PUBLISH sent at QoS 1, PUBACK awaited; or at QoS 2, PUBREC awaited.
    PUBLISHED,
    /// PUBREL sent, PUBCOMP awaited.
    RELEASED
  }

  final Message message;
  final int qos;
  final boolean retain;
  final int[] identifiers;
  final @Nullable TopicFilter shared;
  State state = State.WAITING;
  int packetId;
  long sequence;

  /// It may have left before the broker was killed.
  boolean isDoubtful;

  /// A held one that has all it needs on disk, and waits for those before it.
  boolean isReady;

  /// Place in the ledger of a durable session.
  long number;

  @Nullable LedgerBlock block;

  /// Held until this session has the message on disk, or acknowledged.
  @Nullable Receipt owed;

  Delivery(
      Message message, int qos, boolean retain, int[] identifiers, @Nullable TopicFilter shared) {
    this.message = message;
    this.qos = qos;
    this.retain = retain;
    this.identifiers = identifiers;
    this.shared = shared;
  }

  /// On disk, or with its receiver: the sender need not wait for this session any more.
  @Override
  public void done() {
    var receipt = owed;
    if (receipt != null) {
      owed = null;
      receipt.done();
    }
  }

  @Override
  public void refused(Refusal refusal) {
    var receipt = owed;
    if (receipt != null) {
      owed = null;
      receipt.refused(refusal);
    }
  }

  /// Restored: true when it was sent for certain; one of QoS 2 that has an identifier may have
  /// waited still.
  boolean hasLeft() {
    return packetId != 0 && (qos == 1 || state == State.RELEASED);
  }
}
