package io.millrace.engine.security;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.Optional;

/// A place in a tree, and the way back up.
///
/// @param above the parent's snapshot; none at the root
/// @param key its name below the parent
record Snapshot(Optional<Snapshot> above, String key, Node node) implements RuleValue {

  static Snapshot root(Node node) {
    return new Snapshot(Optional.empty(), "", node);
  }

  Snapshot at(TreePath path) {
    var place = this;
    for (var key : path.keys()) {
      place = place.child(key);
    }
    return place;
  }

  /// One step down.
  Snapshot child(String key) {
    return new Snapshot(Optional.of(this), key, node.child(key));
  }

  TreePath path() {
    return above.map(parent -> parent.path().child(key)).orElse(TreePath.ROOT);
  }

  boolean exists() {
    return !node.isEmpty();
  }

  boolean hasChildren() {
    return node instanceof Branch branch && !branch.isEmpty();
  }

  boolean isString() {
    return node instanceof Leaf leaf && leaf.value() instanceof JsonString;
  }

  boolean isBoolean() {
    return node instanceof Leaf leaf && leaf.value() instanceof JsonBoolean;
  }

  boolean isNumber() {
    return node instanceof Leaf leaf
        && (leaf.value() instanceof JsonLong || leaf.value() instanceof JsonDouble);
  }
}
