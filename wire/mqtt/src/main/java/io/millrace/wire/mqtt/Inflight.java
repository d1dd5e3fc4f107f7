package io.millrace.wire.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntCollections;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages on their way to one client, by packet identifier, and the order in which they left.
final class Inflight {
  private IntObjectMap<Delivery> all = IntCollections.emptyMap(); // until there is one
  private long sequence;

  /// The latest.
  void add(Delivery delivery) {
    if (all.isEmpty() && !(all instanceof IntObjectHashMap)) {
      all = new IntObjectHashMap<>(8);
    }
    delivery.sequence = ++sequence;
    all.put(delivery.packetId, delivery);
  }

  @Nullable Delivery get(int packetId) {
    return all.get(packetId);
  }

  boolean has(Delivery delivery) {
    return all.get(delivery.packetId) == delivery;
  }

  @Nullable Delivery remove(int packetId) {
    return all.remove(packetId);
  }

  /// Unless another has its identifier.
  void remove(Delivery delivery) {
    if (has(delivery)) {
      all.remove(delivery.packetId);
    }
  }

  int size() {
    return all.size();
  }

  void clear() {
    all = IntCollections.emptyMap();
  }

  List<Delivery> inOrder() {
    var sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparingLong(delivery -> delivery.sequence));
    return sorted;
  }

  /// For the state row.
  void write(ByteBuf out) {
    out.writeInt(all.size());
    for (var delivery : inOrder()) {
      out.writeLong(delivery.number);
      out.writeShort(delivery.packetId);
      out.writeByte(delivery.state == Delivery.State.RELEASED ? 1 : 0);
    }
  }
}
