package io.millrace.engine.pipeline;

import io.millrace.store.commit.Commit;

/// What becomes durable together with a message, as the place in a log that it was read from.
@FunctionalInterface
public interface Along {
  Along NOTHING = _ -> {};

  /// Adds to the commit that will hold the message's effects; first, on the partition's thread.
  ///
  /// @throws RefusedException when the message is not to be taken after all; nothing of it is
  ///     stored then, and its sender is told
  void into(Commit commit);
}
