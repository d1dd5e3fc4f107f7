package io.millrace.store.realtime;

import io.millrace.store.commit.Commit;
import io.millrace.store.commit.Family;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Adds to a commit the rows that turn the stored tree into the changed one: only the differences.
final class Rows {
  /// Below this size children are deleted one by one: range deletes cost every later read a little.
  private static final int SINGLE_DELETES_BELOW_BYTES = 8_192;

  private final byte[] root;

  Rows(String database) {
    root = RowKey.ofRoot(database);
  }

  /// @param path a place that was replaced between `before` and `after`, two roots
  void replaced(TreePath path, Node before, Node after, Commit commit) {
    var row = root;
    var old = before;
    var now = after;
    for (var key : path.keys()) {
      own(row, old, now, commit); // a leaf may have become a branch, a branch may have vanished
      if (key.equals(Node.PRIORITY)) {
        return;
      }
      row = RowKey.child(row, key);
      old = old.child(key);
      now = now.child(key);
    }
    subtree(row, old, now, commit);
  }

  private static void own(byte[] row, Node old, Node now, Commit commit) {
    var oldValue = RowValue.of(old);
    var newValue = RowValue.of(now);
    if (Objects.equals(oldValue, newValue)) {
      return;
    }
    if (newValue == null) {
      commit.delete(Family.REALTIME, row);
    } else {
      commit.put(Family.REALTIME, row, newValue.encode());
    }
  }

  private static void subtree(byte[] row, Node old, Node now, Commit commit) {
    own(row, old, now, commit);
    if (isLargeAndGone(old, now)) {
      commit.deleteRange(Family.REALTIME, RowKey.firstBelow(row), RowKey.endOf(row));
    } else {
      children(row, old, now, commit);
    }
  }

  private static boolean isLargeAndGone(Node old, Node now) {
    return old instanceof Branch
        && (now instanceof Leaf || now.isEmpty())
        && old.sizeBytes() >= SINGLE_DELETES_BELOW_BYTES;
  }

  private static void children(byte[] row, Node old, Node now, Commit commit) {
    var left = childrenOf(old);
    var right = childrenOf(now);
    @Nullable Child a = next(left);
    @Nullable Child b = next(right);
    while (a != null || b != null) {
      int order = a == null ? 1 : b == null ? -1 : ChildKey.compare(a.key(), b.key());
      var key = order <= 0 ? Objects.requireNonNull(a).key() : Objects.requireNonNull(b).key();
      subtree(
          RowKey.child(row, key),
          a != null && order <= 0 ? a.node() : Branch.EMPTY,
          b != null && order >= 0 ? b.node() : Branch.EMPTY,
          commit);
      a = order <= 0 ? next(left) : a;
      b = order >= 0 ? next(right) : b;
    }
  }

  private static Iterator<Child> childrenOf(Node node) {
    return node instanceof Branch branch ? branch.iterator() : Branch.EMPTY.iterator();
  }

  private static @Nullable Child next(Iterator<Child> children) {
    return children.hasNext() ? children.next() : null;
  }
}
