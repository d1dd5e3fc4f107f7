package io.millrace.wire.mqtt;

import org.jspecify.annotations.Nullable;

/// One message on its way to one session: waiting, or sent and not yet acknowledged.
final class Delivery {
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

  /// Place in the ledger of a durable session.
  long number;

  SessionLedger.@Nullable Block block;

  Delivery(
      Message message, int qos, boolean retain, int[] identifiers, @Nullable TopicFilter shared) {
    this.message = message;
    this.qos = qos;
    this.retain = retain;
    this.identifiers = identifiers;
    this.shared = shared;
  }
}
