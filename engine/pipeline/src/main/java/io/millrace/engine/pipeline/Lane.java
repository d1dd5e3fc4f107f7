package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import java.util.ArrayDeque;
import java.util.UUID;

/// The calls of one rule node for one originator, delivered one after the other.
///
/// Guarded by its [Peer]; while its first call is under way, `attempts` is that delivery's own.
final class Lane {
  /// Calls with the same key keep their order.
  record Key(EntityId originator, UUID node) {
    static Key of(OutboxEntry entry) {
      return new Key(entry.message().originator(), entry.frame().nodeId());
    }
  }

  /// A call and where it lies.
  record Waiting(int shelf, long number, OutboxEntry entry, int bytes) {
    byte[] key() {
      return Shelf.key(shelf, number);
    }
  }

  final Key key;
  final ArrayDeque<Waiting> calls = new ArrayDeque<>();
  int attempts;

  Lane(Key key) {
    this.key = key;
  }

  Waiting first() {
    return calls.getFirst();
  }
}
