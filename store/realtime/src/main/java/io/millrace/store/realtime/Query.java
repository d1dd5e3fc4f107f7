package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Which children of a node are wanted: ordered by an index, within bounds, so many from one end.
///
/// @param limit most children; 0 means all
/// @param fromEnd whether the limit keeps the last ones
public record Query(
    QueryIndex index, Optional<Bound> start, Optional<Bound> end, int limit, boolean fromEnd) {

  /// Sorts before every key; as the SDKs write it in a query.
  public static final String MIN_KEY = "[MIN_NAME]";

  /// Sorts after every key.
  public static final String MAX_KEY = "[MAX_NAME]";

  /// All children, as a read without query gives them.
  public static final Query ALL =
      new Query(new QueryIndex.ByPriority(), Optional.empty(), Optional.empty(), 0, false);

  /// One end of the range.
  ///
  /// @param value compared with the index value; with [QueryIndex.ByKey] a string leaf, the key
  /// @param key compared when values are equal
  public record Bound(Node value, String key, boolean inclusive) {}

  public boolean isAll() {
    return start.isEmpty() && end.isEmpty() && limit == 0;
  }

  /// The node with only the wanted children; nothing of a leaf. Without its priority.
  public Node apply(Node node) {
    return apply(node, false);
  }

  /// The same.
  ///
  /// @param isIndexed whether the order is a declared index: then a long list is not walked, but
  ///     its index, which the first such query makes
  public Node apply(Node node, boolean isIndexed) {
    if (isAll() || !(node instanceof Branch branch)) {
      return isAll() ? node : Branch.EMPTY;
    }
    var wanted = isKeyOrder(branch) ? inKeyOrder(branch) : inOrder(branch, isIndexed);
    wanted.sort((a, b) -> compareKeys(a.key(), b.key()));
    return Branch.of(wanted.toArray(Child[]::new), JsonNull.NULL);
  }

  /// Whether it can be applied in little time, given that its order is kept where it was asked for.
  boolean isQuickAt(Node node) {
    return isAll()
        || !(node instanceof Branch branch)
        || branch.size() < IndexedChildren.FROM_CHILDREN
        || isKeyOrder(branch)
        || branch.isOrdered(index);
  }

  private List<Child> inOrder(Branch branch, boolean isIndexed) {
    var ordered = isIndexed ? branch.ordered(index) : null;
    return ordered == null ? sorted(branch) : indexed(branch, ordered);
  }

  /// Walks the index from the right end and stops early.
  private List<Child> indexed(Branch branch, OrderedIndex ordered) {
    var wanted = new ArrayList<Child>();
    var walk = fromEnd ? ordered.down(this::mayBeLast) : ordered.up(this::mayBeFirst);
    while (walk.hasNext() && (limit == 0 || wanted.size() < limit)) {
      var entry = walk.next();
      if (!(fromEnd ? mayBeFirst(entry) : mayBeLast(entry))) {
        break;
      }
      wanted.add(new Child(entry.key(), branch.child(entry.key())));
    }
    return wanted;
  }

  private boolean mayBeFirst(Child entry) {
    return start.isEmpty()
        || isInside(start.get(), compare(entry.key(), entry.node(), start.get()));
  }

  private boolean mayBeLast(Child entry) {
    return end.isEmpty() || isInside(end.get(), -compare(entry.key(), entry.node(), end.get()));
  }

  private boolean isKeyOrder(Branch branch) {
    return index instanceof QueryIndex.ByKey
        || (index instanceof QueryIndex.ByPriority && !branch.hasPrioritizedChildren());
  }

  /// Walks from the right end and stops early.
  private List<Child> inKeyOrder(Branch branch) {
    var wanted = new ArrayList<Child>();
    var walk = fromEnd ? downFromEnd(branch) : upFromStart(branch);
    while (walk.hasNext() && (limit == 0 || wanted.size() < limit)) {
      var child = walk.next();
      boolean isIn = isAfterStart(child) && isBeforeEnd(child);
      if (isIn) {
        wanted.add(child);
      } else if (!wanted.isEmpty() || (fromEnd ? !isAfterStart(child) : !isBeforeEnd(child))) {
        break;
      }
    }
    return wanted;
  }

  private Iterator<Child> upFromStart(Branch branch) {
    var key = start.map(this::keyOf).orElse(MIN_KEY);
    return key.equals(MIN_KEY) || key.equals(MAX_KEY)
        ? branch.iterator()
        : branch.upFrom(key, true);
  }

  private Iterator<Child> downFromEnd(Branch branch) {
    var key = end.map(this::keyOf).orElse(MAX_KEY);
    return branch.downFrom(key.equals(MIN_KEY) || key.equals(MAX_KEY) ? "" : key, true);
  }

  /// Where the walk can begin; by priority, of which no child has one, a priority says nothing.
  private String keyOf(Bound bound) {
    if (index instanceof QueryIndex.ByKey) {
      return keyValue(bound);
    }
    return bound.value().isEmpty() ? bound.key() : MIN_KEY;
  }

  private List<Child> sorted(Branch branch) {
    var wanted = new ArrayList<Child>();
    for (var child : branch) {
      if (isAfterStart(child) && isBeforeEnd(child)) {
        wanted.add(child);
      }
    }
    if (limit == 0 || wanted.size() <= limit) {
      return wanted;
    }
    wanted.sort(this::compare);
    return new ArrayList<>(
        fromEnd ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted.subList(0, limit));
  }

  /// The order of the children in the answer.
  public int compare(Child a, Child b) {
    int order = QueryIndex.compare(index.value(a.node()), index.value(b.node()));
    return order != 0 ? order : compareKeys(a.key(), b.key());
  }

  /// Whether the bounds let the child in, whatever the limit says; nothing is never in.
  public boolean admits(Child child) {
    return !child.node().isEmpty() && isAfterStart(child) && isBeforeEnd(child);
  }

  private boolean isAfterStart(Child child) {
    return start.isEmpty() || isInside(start.get(), compare(child, start.get()));
  }

  private boolean isBeforeEnd(Child child) {
    return end.isEmpty() || isInside(end.get(), -compare(child, end.get()));
  }

  private static boolean isInside(Bound bound, int order) {
    return order > 0 || (order == 0 && bound.inclusive());
  }

  private int compare(Child child, Bound bound) {
    if (index instanceof QueryIndex.ByKey) {
      return compareKeys(child.key(), keyValue(bound));
    }
    return compare(child.key(), index.value(child.node()), bound);
  }

  private static int compare(String key, Node value, Bound bound) {
    int order = QueryIndex.compare(value, bound.value());
    return order != 0 ? order : compareKeys(key, bound.key());
  }

  private static String keyValue(Bound bound) {
    return bound.value() instanceof Leaf leaf ? leaf.value().asText() : bound.key();
  }

  private static int compareKeys(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.equals(MIN_KEY) || b.equals(MAX_KEY)) {
      return -1;
    }
    return b.equals(MIN_KEY) || a.equals(MAX_KEY) ? 1 : ChildKey.compare(a, b);
  }
}
