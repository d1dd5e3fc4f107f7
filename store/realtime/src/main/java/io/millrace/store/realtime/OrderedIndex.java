package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The children of one node in the order of a declared index: immutable, as the node is.
///
/// Its entries are the children's keys with what counts of them, not the children themselves, so
/// that a write below a child that leaves this alone costs a comparison.
final class OrderedIndex {
  private static final int UNUSED_WRITES_MIN = 10_000;

  /// What counts of any object: they are equal among themselves, and none is held on to.
  private static final Node OBJECT = Branch.EMPTY.with("o", Leaf.of(JsonBoolean.TRUE));

  private final QueryIndex order;
  private final @Nullable LargeChildren entries;
  private final AtomicInteger unusedWrites; // of all that came of the first

  private OrderedIndex(
      QueryIndex order, @Nullable LargeChildren entries, AtomicInteger unusedWrites) {
    this.order = order;
    this.entries = entries;
    this.unusedWrites = unusedWrites;
  }

  static OrderedIndex of(Children children, QueryIndex order) {
    var sorted = new Child[children.size()];
    var walk = children.upFrom("", true);
    for (int i = 0; i < sorted.length; i++) {
      var child = walk.next();
      sorted[i] = new Child(child.key(), counting(order, child.node()));
    }
    // they come by key, and the sort is stable
    Arrays.sort(sorted, (a, b) -> QueryIndex.compare(a.node(), b.node()));
    return new OrderedIndex(order, LargeChildren.of(sorted), new AtomicInteger());
  }

  private static Node counting(QueryIndex order, Node child) {
    var value = order.value(child);
    return value instanceof Branch branch && !branch.isEmpty() ? OBJECT : value;
  }

  boolean isFor(QueryIndex wanted) {
    return order.equals(wanted);
  }

  /// Whether keeping it has cost more than making it anew would.
  boolean isForgotten(int children) {
    return unusedWrites.get() > Math.max(UNUSED_WRITES_MIN, children);
  }

  /// The index after a child was written.
  ///
  /// @param old null when there was none
  /// @param now null when it is gone
  OrderedIndex with(String key, @Nullable Node old, @Nullable Node now) {
    unusedWrites.incrementAndGet();
    var before = old == null ? null : counting(order, old);
    var after = now == null ? null : counting(order, now);
    if (before != null && after != null && QueryIndex.compare(before, after) == 0) {
      return this;
    }
    var next = entries;
    if (before != null) {
      next = LargeChildren.remove(next, key, before, OrderedIndex::compare);
    }
    if (after != null) {
      next = LargeChildren.put(next, key, after, OrderedIndex::compare);
    }
    return new OrderedIndex(order, next, unusedWrites);
  }

  private static int compare(String keyA, Node a, String keyB, Node b) {
    int byValue = QueryIndex.compare(a, b);
    return byValue != 0 ? byValue : ChildKey.compare(keyA, keyB);
  }

  /// Keys with what counts of the children, upward from the first that is taken.
  Iterator<Child> up(Predicate<Child> isTaken) {
    unusedWrites.set(0);
    return entries == null ? Collections.emptyIterator() : entries.up(isTaken);
  }

  /// The same, downward from the last that is taken.
  Iterator<Child> down(Predicate<Child> isTaken) {
    unusedWrites.set(0);
    return entries == null ? Collections.emptyIterator() : entries.down(isTaken);
  }
}
