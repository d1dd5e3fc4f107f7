package io.millrace.store.realtime;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A persistent map from child key to child, in the order of [ChildKey].
///
/// Most nodes are records of a few fields: those are two sorted arrays. Large ones are a balanced
/// tree, so that a write copies a path of it and not all keys.
sealed interface Children permits SmallChildren, LargeChildren, IndexedChildren {
  Children NONE = new SmallChildren(new String[0], new Node[0]);

  /// Of distinct keys in key order.
  static Children of(Child[] sorted) {
    return sorted.length <= SmallChildren.SIZE_MAX
        ? SmallChildren.of(sorted)
        : LargeChildren.of(sorted);
  }

  int size();

  @Nullable Node find(String key);

  Children with(String key, Node child);

  /// A copy without `key`, which is there.
  Children without(String key);

  /// From `key` on; the empty key is before all.
  Iterator<Child> upFrom(String key, boolean inclusive);

  /// From `key` down; the empty key is after all.
  Iterator<Child> downFrom(String key, boolean inclusive);
}
