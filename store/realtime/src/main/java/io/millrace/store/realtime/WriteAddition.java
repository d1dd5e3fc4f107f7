package io.millrace.store.realtime;

import io.millrace.store.commit.Commit;

/// Something that becomes durable together with a write, or not at all.
@FunctionalInterface
public interface WriteAddition {
  WriteAddition NONE = (_, _) -> {};

  /// Adds to the commit that makes the write durable, on the writer thread; must not block.
  ///
  /// What this throws refuses the write.
  void into(Commit commit, WriteResult.Written written);
}
