package io.millrace.wire.realtime;

import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a listener is told of a change, in its own terms: paths are relative to where it listens.
sealed interface Update {

  /// Something was replaced.
  record Put(TreePath path, Node value) implements Update {}

  /// Several places were replaced at once.
  ///
  /// @param path where the merge happens
  /// @param values by path below it, in the order written
  record Merge(TreePath path, Map<TreePath, Node> values) implements Update {}

  /// What a listener at `listened` without a query is told; empty when nothing changed there.
  static Optional<Update> of(Change change, TreePath listened) {
    return change.isMerge() ? ofMerge(change, listened) : ofPut(change, listened);
  }

  private static Optional<Update> ofPut(Change change, TreePath listened) {
    return isBelow(change.base(), listened)
        ? replaced(change, change.base(), listened)
        : replaced(change, listened, listened);
  }

  private static Optional<Update> replaced(Change change, TreePath place, TreePath listened) {
    var after = change.after().at(place);
    return after.equals(change.before().at(place))
        ? Optional.empty()
        : Optional.of(new Put(place.below(listened), after));
  }

  private static Optional<Update> ofMerge(Change change, TreePath listened) {
    boolean isBaseBelow = isBelow(change.base(), listened);
    var base = isBaseBelow ? change.base() : listened;
    Map<TreePath, Node> values = new LinkedHashMap<>();
    for (var path : change.paths()) {
      if (listened.startsWith(path)) {
        return replaced(change, listened, listened); // all that it sees was replaced
      }
      var after = change.after().at(path);
      if (isBelow(path, listened) && !after.equals(change.before().at(path))) {
        values.put(path.below(base), after);
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Merge(base.below(listened), values));
  }

  /// What a listener is told whose view, a selection of children, changed.
  static Optional<Update> ofView(Node before, Node after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (!(before instanceof Branch old) || !(after instanceof Branch now)) {
      return Optional.of(new Put(TreePath.ROOT, after));
    }
    if (old.isEmpty() || now.isEmpty()) {
      return Optional.of(new Put(TreePath.ROOT, after));
    }
    Map<TreePath, Node> values = new LinkedHashMap<>();
    for (var child : old) {
      var left = now.child(child.key());
      if (!left.equals(child.node())) {
        values.put(TreePath.of(child.key()), left);
      }
    }
    for (var child : now) {
      if (old.child(child.key()).isEmpty()) {
        values.put(TreePath.of(child.key()), child.node());
      }
    }
    return Optional.of(new Merge(TreePath.ROOT, values));
  }

  private static boolean isBelow(TreePath path, TreePath listened) {
    return path.startsWith(listened);
  }
}
