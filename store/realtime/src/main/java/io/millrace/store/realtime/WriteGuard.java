package io.millrace.store.realtime;

import java.util.List;

/// Decides whether a write may happen, on the writer thread, before its hash is compared.
@FunctionalInterface
public interface WriteGuard {
  /// Lets everything pass.
  WriteGuard OPEN = (_, _, _, _) -> true;

  /// Whether the write may happen; must not block.
  ///
  /// @param before the root as it is
  /// @param after the root as it would be
  /// @param paths the places that the write replaces
  /// @param nowMs the time that the write's server values got
  boolean allows(Node before, Node after, List<TreePath> paths, long nowMs);
}
