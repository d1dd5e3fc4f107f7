package io.millrace.store.realtime;

import io.millrace.base.json.JsonObject;

/// Makes the index that a query needs before somebody who must not wait asks it.
///
/// The index is made of a snapshot, however long that takes; the writer then brings it up to date
/// with what was written meanwhile. One at a time.
final class Indexing {
  /// Lists below this are put in order where they are asked for.
  private static final int QUICK_BELOW = 2_000;

  private final Database database;

  Indexing(Database database) {
    this.database = database;
  }

  boolean isReady(TreePath path, Query query) {
    var node = database.root().at(path);
    return query.isQuickAt(node) || ((Branch) node).size() < QUICK_BELOW;
  }

  /// Blocks.
  synchronized void makeReady(TreePath path, Query query) {
    if (isReady(path, query)) {
      return; // somebody else asked for the same
    }
    var list = (Branch) database.root().at(path);
    var index = OrderedIndex.of(list.children(), query.index());
    var _ =
        database
            .write(
                RealtimeWrite.patch(TreePath.ROOT, JsonObject.EMPTY),
                adopting(path, query, list, index),
                WriteAddition.NONE)
            .join();
  }

  /// Writes nothing: the writer only comes by.
  private static WriteGuard adopting(
      TreePath path, Query query, Branch earlier, OrderedIndex index) {
    return (now, _, _, _) -> {
      if (now.at(path) instanceof Branch branch) {
        branch.adopt(query.index(), earlier, index);
      }
      return false;
    };
  }
}
