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

  /// The next that is free. [MQTT-2.2.1-4] one that is not in use; the window and what is reserved
  /// are fewer than there are numbers.
  int next(IntObjectMap<Delivery> inflight) {
    do {
      last = last == LAST ? 1 : last + 1;
    } while (inflight.containsKey(last) || reserved.containsKey(last));
    return last;
  }

  /// Gives a waiting message its identifier, if there is room.
  void reserve(Delivery delivery, IntObjectMap<Delivery> inflight) {
    if (reserved.size() < MAX_RESERVED && reserved.size() + inflight.size() < LAST) {
      delivery.packetId = next(inflight);
      keep(delivery);
    }
  }

  /// A restored message keeps its identifier, unless one before it has it.
  ///
  /// @return false when it has none any more
  boolean restore(Delivery delivery, IntObjectMap<Delivery> inflight) {
    int id = delivery.packetId;
    if (inflight.containsKey(id) || reserved.containsKey(id) || reserved.size() >= MAX_RESERVED) {
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
