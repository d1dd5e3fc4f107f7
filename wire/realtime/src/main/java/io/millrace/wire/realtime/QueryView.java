package io.millrace.wire.realtime;

import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.Child;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.TreePath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What a client sees at a path through a query, kept up with the changes there.
///
/// A write to one child of a long list is weighed against the view alone; the list is only walked
/// again when a window of limited size may have to let another child in, and then its index if it
/// is long. One thread.
final class QueryView {
  private static final int SINGLE_CHILDREN_MAX = 16;

  private final TreePath path;
  private final Query query;
  private Node view = Branch.EMPTY; // kept only when the query leaves something out

  QueryView(TreePath path, Query query) {
    this.path = path;
    this.query = query;
  }

  /// Begins with what the tree holds.
  Node start(Node root) {
    var all = query.apply(root.at(path), true);
    if (!query.isAll()) {
      view = all;
    }
    return all;
  }

  /// What the client has to be told; empty when it sees no difference.
  Optional<Update> take(Change change) {
    if (query.isAll()) {
      return Update.of(change, path);
    }
    var before = view;
    view = after(change);
    return Update.ofView(before, view);
  }

  private Node after(Change change) {
    var touched = touched(change);
    if (touched.isEmpty() || touched.get().size() > SINGLE_CHILDREN_MAX) {
      return query.apply(change.after().at(path), true);
    }
    var next = view;
    for (var key : touched.get()) {
      var taken = taken(next, key, change);
      if (taken.isEmpty()) {
        return query.apply(change.after().at(path), true);
      }
      next = taken.get();
    }
    return next;
  }

  /// The children that were written, or empty when the whole node was.
  private Optional<Set<String>> touched(Change change) {
    Set<String> keys = new LinkedHashSet<>();
    for (var written : change.paths()) {
      if (path.startsWith(written)) {
        return Optional.empty();
      }
      if (written.startsWith(path) && !written.key(path.size()).equals(Node.PRIORITY)) {
        keys.add(written.key(path.size()));
      }
    }
    return Optional.of(keys);
  }

  /// The view with the child as it is now, or empty when the view alone cannot tell.
  private Optional<Node> taken(Node next, String key, Change change) {
    var child = new Child(key, change.after().at(path).child(key));
    boolean isIn = query.admits(child);
    int size = next instanceof Branch branch ? branch.size() : 0;
    if (query.limit() == 0 || size < query.limit()) {
      return Optional.of(next.with(key, isIn ? child.node() : Branch.EMPTY));
    }
    var shown = next.child(key);
    if (!shown.isEmpty()) {
      boolean keepsPlace = isIn && query.compare(new Child(key, shown), child) == 0;
      return keepsPlace ? Optional.of(next.with(key, child.node())) : Optional.empty();
    }
    return isIn && isInside(child, (Branch) next) ? Optional.empty() : Optional.of(next);
  }

  /// Whether the child would push another one out of the full window.
  private boolean isInside(Child child, Branch window) {
    for (var shown : window) {
      int order = query.compare(child, shown);
      if (query.fromEnd() ? order > 0 : order < 0) {
        return true;
      }
    }
    return false;
  }
}
