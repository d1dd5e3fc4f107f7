package io.millrace.wire.mqtt;

import io.netty.util.collection.IntCollections;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/// Packet identifiers towards one client: who gets which, on its way or ahead of that.
///
/// A QoS 2 message that waits in a durable session is given its identifier while it waits: the
/// identifier is on disk with the message, so that it may leave without another commit.
final class PacketIds {
  /// So many may be given ahead; the others are for what is on its way.
  static final int MAX_RESERVED = 16_384;

  private static final int LAST = 65_535;

  /// So many may be on their way where some are given ahead.
  static final int MAX_WINDOW = LAST - MAX_RESERVED;

  private IntObjectMap<Delivery> reserved = IntCollections.emptyMap(); // until there is one
  private int last;

  /// The next that is free. [MQTT-2.2.1-4] one that is not in use; the caller knows that there is
  /// one.
  int next(Inflight inflight) {
    do {
      last = last == LAST ? 1 : last + 1;
    } while (inflight.get(last) != null || reserved.containsKey(last));
    return last;
  }

  /// Gives a waiting message its identifier, if there is room.
  void reserve(Delivery delivery, Inflight inflight) {
    if (reserved.size() < MAX_RESERVED && !areAllUsed(inflight)) {
      delivery.packetId = next(inflight);
      keep(delivery);
    }
  }

  /// True when the next message without an identifier has to wait for an acknowledgement.
  boolean areAllUsed(Inflight inflight) {
    return reserved.size() + inflight.size() >= LAST;
  }

  /// A restored message keeps its identifier, unless one before it has it: all that had left may
  /// come back here, not only as many as are given ahead. One number stays free, for a message
  /// before them that has none.
  ///
  /// @return false when it has none any more
  boolean restore(Delivery delivery, Inflight inflight) {
    int id = delivery.packetId;
    if (inflight.get(id) != null || reserved.containsKey(id) || reserved.size() >= LAST - 1) {
      delivery.packetId = 0;
      return false;
    }
    keep(delivery);
    return true;
  }

  private void keep(Delivery delivery) {
    if (reserved.isEmpty() && !(reserved instanceof IntObjectHashMap)) {
      reserved = new IntObjectHashMap<>(8);
    }
    reserved.put(delivery.packetId, delivery);
  }

  /// The waiting message that has it.
  @Nullable Delivery reserved(int packetId) {
    return reserved.get(packetId);
  }

  boolean hasReserved() {
    return !reserved.isEmpty();
  }

  /// The message waits no more.
  void release(Delivery delivery) {
    if (delivery.packetId != 0 && reserved.get(delivery.packetId) == delivery) {
      reserved.remove(delivery.packetId);
    }
  }

  void clear() {
    reserved = IntCollections.emptyMap();
  }

  int last() {
    return last;
  }

  void restoreLast(int packetId) {
    last = packetId;
  }
}
