package io.millrace.wire.mqtt;

import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Messages of one session that wait for room in the window, in memory, in order.
final class WaitingQueue {
  private final ArrayDeque<Delivery> all = new ArrayDeque<>(4);
  private long sizeBytes;

  /// A stretch at the end that was taken out.
  record Cut(Delivery first, int count, long sizeBytes) {}

  void add(Delivery delivery) {
    all.add(delivery);
    sizeBytes += delivery.message.sizeBytes();
  }

  @Nullable Delivery peek() {
    return all.peek();
  }

  @Nullable Delivery poll() {
    var first = all.poll();
    if (first != null) {
      sizeBytes -= first.message.sizeBytes();
    }
    return first;
  }

  /// Takes one out of the middle; slow.
  boolean remove(Delivery delivery) {
    boolean was = all.remove(delivery);
    if (was) {
      sizeBytes -= delivery.message.sizeBytes();
    }
    return was;
  }

  int size() {
    return all.size();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  Collection<Delivery> all() {
    return all;
  }

  void clear() {
    all.clear();
    sizeBytes = 0;
  }

  /// Takes out what waits beyond the first `stay`, from the next beginning of a block on. What may
  /// have left before a crash stays, with its identifier.
  @Nullable Cut shorten(int stay, PacketIds ids) {
    int at = 0;
    Delivery first = null;
    int count = 0;
    long bytes = 0;
    for (var delivery : all) {
      var block = delivery.block;
      if (delivery.isDoubtful) {
        first = null;
        count = 0;
        bytes = 0;
      }
      if (!delivery.isDoubtful
          && first == null
          && at >= stay
          && block != null
          && block.first == delivery.number) {
        first = delivery;
      }
      if (first != null) {
        count++;
        bytes += delivery.message.sizeBytes();
      }
      at++;
    }
    if (first == null) {
      return null;
    }
    for (int i = 0; i < count; i++) {
      ids.release(all.removeLast());
    }
    sizeBytes -= bytes;
    return new Cut(first, count, bytes);
  }
}
