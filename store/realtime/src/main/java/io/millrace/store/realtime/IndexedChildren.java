package io.millrace.store.realtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Many children with the indexes that were asked for, each kept up with every change.
///
/// An index that many writes kept up and nobody used is left behind; the next query makes it again.
record IndexedChildren(LargeChildren all, List<OrderedIndex> indexes) implements Children {
  /// A node with fewer children is walked sooner than its index is kept.
  static final int FROM_CHILDREN = 64;

  /// Most indexes of one node; beyond that the oldest one goes.
  static final int INDEXES_MAX = 16;

  /// The children with an index of that order; the same when they have it, or are few.
  static Children of(Children children, QueryIndex order) {
    return switch (children) {
      case SmallChildren _ -> children;
      case LargeChildren large when large.size() < FROM_CHILDREN -> children;
      case LargeChildren large ->
          new IndexedChildren(large, List.of(OrderedIndex.of(large, order)));
      case IndexedChildren indexed -> indexed.find(order) != null ? children : indexed.and(order);
    };
  }

  /// The children with that index, which was made of an earlier state of them.
  @SuppressWarnings("ReferenceEquality") // the same instance: nothing was written below it
  static Children of(Children now, QueryIndex order, Children earlier, OrderedIndex made) {
    boolean isKnown = now instanceof IndexedChildren indexed && indexed.find(order) != null;
    if (isKnown || now.size() < FROM_CHILDREN || now instanceof SmallChildren) {
      return now;
    }
    var index = made;
    for (var was = earlier.upFrom("", true); was.hasNext(); ) {
      var child = was.next();
      var is = now.find(child.key());
      if (is != child.node()) {
        index = index.with(child.key(), child.node(), is);
      }
    }
    for (var is = now.upFrom("", true); is.hasNext(); ) {
      var child = is.next();
      if (earlier.find(child.key()) == null) {
        index = index.with(child.key(), null, child.node());
      }
    }
    return switch (now) {
      case IndexedChildren indexed -> indexed.and(index);
      case LargeChildren large -> new IndexedChildren(large, List.of(index));
      case SmallChildren _ -> now;
    };
  }

  private IndexedChildren and(QueryIndex order) {
    return and(OrderedIndex.of(all, order));
  }

  private IndexedChildren and(OrderedIndex index) {
    var more = new ArrayList<>(indexes);
    if (more.size() >= INDEXES_MAX) {
      more.removeFirst();
    }
    more.add(index);
    return new IndexedChildren(all, List.copyOf(more));
  }

  @Nullable OrderedIndex find(QueryIndex order) {
    for (var index : indexes) {
      if (index.isFor(order)) {
        return index;
      }
    }
    return null;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public @Nullable Node find(String key) {
    return all.find(key);
  }

  @Override
  public Children with(String key, Node child) {
    return changed(all.with(key, child), key, child);
  }

  @Override
  public Children without(String key) {
    return changed(all.without(key), key, null);
  }

  private Children changed(Children changed, String key, @Nullable Node child) {
    if (!(changed instanceof LargeChildren large)) {
      return changed;
    }
    var old = all.find(key);
    var next = new ArrayList<OrderedIndex>(indexes.size());
    for (var index : indexes) {
      if (!index.isForgotten(large.size())) {
        next.add(index.with(key, old, child));
      }
    }
    return next.isEmpty() ? large : new IndexedChildren(large, List.copyOf(next));
  }

  @Override
  public Iterator<Child> upFrom(String key, boolean inclusive) {
    return all.upFrom(key, inclusive);
  }

  @Override
  public Iterator<Child> downFrom(String key, boolean inclusive) {
    return all.downFrom(key, inclusive);
  }
}
