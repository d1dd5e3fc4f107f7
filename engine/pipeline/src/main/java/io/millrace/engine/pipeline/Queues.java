package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;

/// Says by which queue an originator's messages come. Asked only when a message failed.
public interface Queues {
  /// Everything comes by one queue that skips failures.
  Queues MAIN_ONLY = _ -> QueueStrategy.SKIP;

  QueueStrategy of(EntityId originator);

  /// The queue of that name, to which a node handed a message; that of the originator when there is
  /// none of that name.
  default QueueStrategy named(String name, EntityId originator) {
    return of(originator);
  }
}
