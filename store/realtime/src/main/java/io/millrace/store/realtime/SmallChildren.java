package io.millrace.store.realtime;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Up to [#SIZE_MAX] children as two sorted arrays.
///
/// @param keys in key order; not copied, never changed
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; two arrays are the point
record SmallChildren(String[] keys, Node[] nodes) implements Children {
  static final int SIZE_MAX = 12;

  static SmallChildren of(Child[] sorted) {
    var keys = new String[sorted.length];
    var nodes = new Node[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      keys[i] = sorted[i].key();
      nodes[i] = sorted[i].node();
    }
    return new SmallChildren(keys, nodes);
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public @Nullable Node find(String key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return nodes[i];
      }
    }
    return null;
  }

  @Override
  public Children with(String key, Node child) {
    int at = place(key);
    if (at < keys.length && keys[at].equals(key)) {
      var changed = nodes.clone();
      changed[at] = child;
      return new SmallChildren(keys, changed);
    }
    var moreKeys = grown(keys, at);
    var moreNodes = grown(nodes, at);
    moreKeys[at] = key;
    moreNodes[at] = child;
    var more = new SmallChildren(moreKeys, moreNodes);
    return more.size() <= SIZE_MAX ? more : LargeChildren.of(more.sorted());
  }

  @Override
  public Children without(String key) {
    int at = place(key);
    return new SmallChildren(shrunk(keys, at), shrunk(nodes, at));
  }

  @Override
  public Iterator<Child> upFrom(String key, boolean inclusive) {
    int at = place(key);
    boolean skip = !inclusive && at < keys.length && keys[at].equals(key);
    return new Walk(skip ? at + 1 : at, 1);
  }

  @Override
  public Iterator<Child> downFrom(String key, boolean inclusive) {
    if (key.isEmpty()) {
      return new Walk(keys.length - 1, -1);
    }
    int at = place(key);
    boolean take = inclusive && at < keys.length && keys[at].equals(key);
    return new Walk(take ? at : at - 1, -1);
  }

  /// Where `key` is or would be.
  private int place(String key) {
    if (key.isEmpty()) {
      return 0;
    }
    int at = 0;
    while (at < keys.length && ChildKey.compare(keys[at], key) < 0) {
      at++;
    }
    return at;
  }

  private Child[] sorted() {
    var all = new Child[keys.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Child(keys[i], nodes[i]);
    }
    return all;
  }

  private static <T> T[] grown(T[] from, int gap) {
    var to = Arrays.copyOf(from, from.length + 1);
    System.arraycopy(from, gap, to, gap + 1, from.length - gap);
    return to;
  }

  private static <T> T[] shrunk(T[] from, int gone) {
    var to = Arrays.copyOf(from, from.length - 1);
    System.arraycopy(from, gone + 1, to, gone, to.length - gone);
    return to;
  }

  private final class Walk implements Iterator<Child> {
    private int next;
    private final int step;

    Walk(int next, int step) {
      this.next = next;
      this.step = step;
    }

    @Override
    public boolean hasNext() {
      return next >= 0 && next < keys.length;
    }

    @Override
    public Child next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var child = new Child(keys[next], nodes[next]);
      next += step;
      return child;
    }
  }
}
