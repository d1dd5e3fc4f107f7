package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonValue;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A node with children, in the order of [ChildKey]; only [#EMPTY] has none.
public final class Branch extends Node implements Iterable<Child> {
  /// Nothing: what a missing child is, and what deletes when it is written.
  public static final Branch EMPTY = new Branch(Children.NONE, JsonNull.NULL, 0, 0);

  private static final int SIZE_BYTES = 64;
  private static final int CHILD_BYTES = 40;

  private Children children; // the same ones with an index when one was asked for
  private final long sizeBytes;
  private final int prioritized; // children that have a priority

  private Branch(Children children, JsonValue priority, long sizeBytes, int prioritized) {
    super(priority);
    this.children = children;
    this.sizeBytes = sizeBytes;
    this.prioritized = prioritized;
  }

  /// Of distinct keys, in key order, none empty.
  static Node of(Child[] sorted, JsonValue priority) {
    if (sorted.length == 0) {
      return EMPTY;
    }
    long bytes = SIZE_BYTES;
    int prioritized = 0;
    for (var child : sorted) {
      bytes += sizeBytes(child.key(), child.node());
      prioritized += child.node().hasPriority() ? 1 : 0;
    }
    return new Branch(Children.of(sorted), priority, bytes, prioritized);
  }

  /// How many children there are.
  public int size() {
    return children.size();
  }

  /// Whether ordering by priority differs from ordering by key.
  boolean hasPrioritizedChildren() {
    return prioritized > 0;
  }

  @Override
  public Node child(String key) {
    if (key.equals(PRIORITY)) {
      return priorityNode();
    }
    var child = children.find(key);
    return child == null ? EMPTY : child;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same instance: a short cut, not a comparison
  public Node with(String key, Node child) {
    if (key.equals(PRIORITY)) {
      return withPriority(priorityOf(child));
    }
    var old = children.find(key);
    if (old == child || (old == null && child.isEmpty())) {
      return this;
    }
    long bytes = Math.max(sizeBytes, SIZE_BYTES);
    int count = prioritized;
    if (old != null) {
      bytes -= sizeBytes(key, old);
      count -= old.hasPriority() ? 1 : 0;
    }
    if (child.isEmpty()) {
      return children.size() == 1
          ? EMPTY
          : new Branch(children.without(key), priority(), bytes, count);
    }
    bytes += sizeBytes(key, child);
    count += child.hasPriority() ? 1 : 0;
    return new Branch(children.with(key, child), priority(), bytes, count);
  }

  @Override
  public Node withPriority(JsonValue priority) {
    return isEmpty() || priority.equals(priority())
        ? this
        : new Branch(children, priority, sizeBytes, prioritized);
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /// All children, upward.
  @Override
  public Iterator<Child> iterator() {
    return children.upFrom("", true);
  }

  /// The children in that order, from now on kept with all that comes of this node; null when they
  /// are few. Any thread: a lost race makes an index twice.
  @Nullable OrderedIndex ordered(QueryIndex order) {
    var indexed = IndexedChildren.of(children, order);
    children = indexed;
    return indexed instanceof IndexedChildren known ? known.find(order) : null;
  }

  /// Whether the children are kept in that order.
  boolean isOrdered(QueryIndex order) {
    return children instanceof IndexedChildren known && known.find(order) != null;
  }

  Children children() {
    return children;
  }

  /// Keeps an index that was made of an earlier state of this node; by the writer.
  void adopt(QueryIndex order, Branch earlier, OrderedIndex made) {
    children = IndexedChildren.of(children, order, earlier.children, made);
  }

  /// Children from `key` on, upward; the empty key is before all.
  public Iterator<Child> upFrom(String key, boolean inclusive) {
    return children.upFrom(key, inclusive);
  }

  /// Children from `key` on, downward; the empty key is after all.
  public Iterator<Child> downFrom(String key, boolean inclusive) {
    return children.downFrom(key, inclusive);
  }

  /// What a `.priority` child says: anything but a number or string is no priority.
  static JsonValue priorityOf(Node child) {
    return child instanceof Leaf leaf ? leaf.value() : JsonNull.NULL;
  }

  private static long sizeBytes(String key, Node node) {
    return CHILD_BYTES + key.length() + node.sizeBytes();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Branch branch
            && size() == branch.size()
            && priority().equals(branch.priority())
            && hasEqualChildren(branch));
  }

  @SuppressWarnings("ReferenceEquality") // shared children are equal: a short cut
  private boolean hasEqualChildren(Branch other) {
    if (children == other.children) {
      return true;
    }
    var theirs = other.iterator();
    for (var mine : this) {
      var their = theirs.next();
      if (!mine.key().equals(their.key()) || !mine.node().equals(their.node())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = priority().hashCode();
    for (var child : this) {
      hash = hash * 31 + child.hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return toExportJson().toString();
  }
}
