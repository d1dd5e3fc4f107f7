package io.millrace.store.realtime;

/// Hears what happens at and below a path; must neither block nor throw.
///
/// It must not listen or stop listening from inside a call either.
/// Called under the database's lock, one call at a time, in the order of the writes, after the
/// write is durable and before its writer is told.
public interface ChangeListener {
  /// First call, made by [Database#listen] itself.
  ///
  /// @param root the tree from which on changes are told
  void started(Node root);

  /// A write at, above or below the path; perhaps one that changed nothing there.
  void changed(Change change);
}
