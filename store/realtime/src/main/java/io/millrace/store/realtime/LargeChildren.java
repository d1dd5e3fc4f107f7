package io.millrace.store.realtime;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Many children as a weight-balanced binary tree; a change copies one path of it.
///
/// By key as [Children]; [OrderedIndex] keeps the same tree in another [Order].
///
/// Balance after Adams with the parameters 3 and 2 (Hirai and Yamamoto, "Balancing weight-balanced
/// trees"): no side is more than three times as heavy as the other.
final class LargeChildren implements Children {
  /// How two children stand to each other; never equal when their keys differ.
  @FunctionalInterface
  interface Order {
    int compare(String keyA, Node a, String keyB, Node b);
  }

  private static final Order BY_KEY = (keyA, _, keyB, _) -> ChildKey.compare(keyA, keyB);
  private static final int HEAVIER_MAX = 3;
  private static final int SINGLE_BELOW = 2;
  private static final int SMALL_AGAIN = SmallChildren.SIZE_MAX / 2;

  private final String key;
  private final Node node;
  private final @Nullable LargeChildren left;
  private final @Nullable LargeChildren right;
  private final int size;

  private LargeChildren(
      String key, Node node, @Nullable LargeChildren left, @Nullable LargeChildren right) {
    this.key = key;
    this.node = node;
    this.left = left;
    this.right = right;
    this.size = 1 + size(left) + size(right);
  }

  /// Of at least one child.
  static LargeChildren of(Child[] sorted) {
    var tree = build(sorted, 0, sorted.length);
    if (tree == null) {
      throw new IllegalArgumentException("A tree of no children");
    }
    return tree;
  }

  private static @Nullable LargeChildren build(Child[] sorted, int from, int until) {
    if (from == until) {
      return null;
    }
    int middle = (from + until) >>> 1;
    return new LargeChildren(
        sorted[middle].key(),
        sorted[middle].node(),
        build(sorted, from, middle),
        build(sorted, middle + 1, until));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Node find(String wanted) {
    for (var tree = this; tree != null; ) {
      int order = ChildKey.compare(wanted, tree.key);
      if (order == 0) {
        return tree.node;
      }
      tree = order < 0 ? tree.left : tree.right;
    }
    return null;
  }

  @Override
  public LargeChildren with(String newKey, Node child) {
    return put(this, newKey, child, BY_KEY);
  }

  /// A copy with that child in its place.
  static LargeChildren put(@Nullable LargeChildren tree, String key, Node child, Order by) {
    if (tree == null) {
      return new LargeChildren(key, child, null, null);
    }
    int order = by.compare(key, child, tree.key, tree.node);
    if (order == 0) {
      return new LargeChildren(tree.key, child, tree.left, tree.right);
    }
    return order < 0
        ? balanced(tree.key, tree.node, put(tree.left, key, child, by), tree.right)
        : balanced(tree.key, tree.node, tree.left, put(tree.right, key, child, by));
  }

  @Override
  public Children without(String gone) {
    var rest = remove(this, gone, Branch.EMPTY, BY_KEY);
    if (rest == null) {
      return NONE;
    }
    return rest.size > SMALL_AGAIN ? rest : SmallChildren.of(rest.sorted());
  }

  /// A copy without that child; null when it was the only one.
  static @Nullable LargeChildren remove(
      @Nullable LargeChildren tree, String gone, Node node, Order by) {
    if (tree == null) {
      return null;
    }
    int order = by.compare(gone, node, tree.key, tree.node);
    if (order < 0) {
      return balanced(tree.key, tree.node, remove(tree.left, gone, node, by), tree.right);
    }
    if (order > 0) {
      return balanced(tree.key, tree.node, tree.left, remove(tree.right, gone, node, by));
    }
    return joined(tree.left, tree.right, by);
  }

  private static @Nullable LargeChildren joined(
      @Nullable LargeChildren left, @Nullable LargeChildren right, Order by) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    var first = right;
    while (first.left != null) {
      first = first.left;
    }
    return balanced(first.key, first.node, left, remove(right, first.key, first.node, by));
  }

  private static LargeChildren balanced(
      String key, Node node, @Nullable LargeChildren left, @Nullable LargeChildren right) {
    int leftWeight = size(left) + 1;
    int rightWeight = size(right) + 1;
    if (right != null && rightWeight > HEAVIER_MAX * leftWeight) {
      return turnedLeft(key, node, left, right);
    }
    if (left != null && leftWeight > HEAVIER_MAX * rightWeight) {
      return turnedRight(key, node, left, right);
    }
    return new LargeChildren(key, node, left, right);
  }

  private static LargeChildren turnedLeft(
      String key, Node node, @Nullable LargeChildren left, LargeChildren right) {
    var inner = right.left;
    if (inner == null || size(inner) + 1 < SINGLE_BELOW * (size(right.right) + 1)) {
      var low = new LargeChildren(key, node, left, inner);
      return new LargeChildren(right.key, right.node, low, right.right);
    }
    var low = new LargeChildren(key, node, left, inner.left);
    var high = new LargeChildren(right.key, right.node, inner.right, right.right);
    return new LargeChildren(inner.key, inner.node, low, high);
  }

  private static LargeChildren turnedRight(
      String key, Node node, LargeChildren left, @Nullable LargeChildren right) {
    var inner = left.right;
    if (inner == null || size(inner) + 1 < SINGLE_BELOW * (size(left.left) + 1)) {
      var high = new LargeChildren(key, node, inner, right);
      return new LargeChildren(left.key, left.node, left.left, high);
    }
    var low = new LargeChildren(left.key, left.node, left.left, inner.left);
    var high = new LargeChildren(key, node, inner.right, right);
    return new LargeChildren(inner.key, inner.node, low, high);
  }

  @Override
  public Iterator<Child> upFrom(String from, boolean inclusive) {
    int least = inclusive ? 0 : 1;
    return up(child -> from.isEmpty() || ChildKey.compare(child.key(), from) >= least);
  }

  @Override
  public Iterator<Child> downFrom(String from, boolean inclusive) {
    int most = inclusive ? 0 : -1;
    return down(child -> from.isEmpty() || ChildKey.compare(child.key(), from) <= most);
  }

  /// Upward from the first child that is taken; all after it are.
  Iterator<Child> up(Predicate<Child> isTaken) {
    var walk = new Walk(true);
    for (var tree = this; tree != null; ) {
      boolean taken = isTaken.test(new Child(tree.key, tree.node));
      if (taken) {
        walk.open.push(tree);
      }
      tree = taken ? tree.left : tree.right;
    }
    return walk;
  }

  /// Downward from the last child that is taken; all before it are.
  Iterator<Child> down(Predicate<Child> isTaken) {
    var walk = new Walk(false);
    for (var tree = this; tree != null; ) {
      boolean taken = isTaken.test(new Child(tree.key, tree.node));
      if (taken) {
        walk.open.push(tree);
      }
      tree = taken ? tree.right : tree.left;
    }
    return walk;
  }

  private Child[] sorted() {
    var all = new Child[size];
    var walk = upFrom("", true);
    for (int i = 0; i < size; i++) {
      all[i] = walk.next();
    }
    return all;
  }

  private static int size(@Nullable LargeChildren tree) {
    return tree == null ? 0 : tree.size;
  }

  /// In-order walk; `open` holds the trees whose own child and far side are still to come.
  private static final class Walk implements Iterator<Child> {
    private final ArrayDeque<LargeChildren> open = new ArrayDeque<>();
    private final boolean up;

    Walk(boolean up) {
      this.up = up;
    }

    @Override
    public boolean hasNext() {
      return !open.isEmpty();
    }

    @Override
    public Child next() {
      var tree = open.pop();
      var next = up ? tree.right : tree.left;
      while (next != null) {
        open.push(next);
        next = up ? next.left : next.right;
      }
      return new Child(tree.key, tree.node);
    }
  }
}
