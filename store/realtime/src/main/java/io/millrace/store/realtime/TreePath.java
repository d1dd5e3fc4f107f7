package io.millrace.store.realtime;

import java.util.ArrayList;
import java.util.List;

/// A place in a tree: the child keys from the root down, raw (not percent-encoded).
///
/// Holds any strings; whether they may be keys is checked where a write or read comes in
/// ([WriteLimits], the REST paths).
public record TreePath(List<String> keys) {
  public static final TreePath ROOT = new TreePath(List.of());

  public TreePath {
    keys = List.copyOf(keys);
  }

  public static TreePath of(String... keys) {
    return new TreePath(List.of(keys));
  }

  /// Reads `/a/b`, `a/b`, `a//b/`: empty parts do not count.
  public static TreePath parse(String text) {
    var keys = new ArrayList<String>();
    for (int from = 0; from < text.length(); ) {
      int slash = text.indexOf('/', from);
      int end = slash < 0 ? text.length() : slash;
      if (end > from) {
        keys.add(text.substring(from, end));
      }
      from = end + 1;
    }
    return keys.isEmpty() ? ROOT : new TreePath(keys);
  }

  public int size() {
    return keys.size();
  }

  public boolean isRoot() {
    return keys.isEmpty();
  }

  public String key(int i) {
    return keys.get(i);
  }

  /// The last key; not for the root.
  public String last() {
    return keys.getLast();
  }

  /// One step up; not for the root.
  public TreePath parent() {
    return new TreePath(keys.subList(0, keys.size() - 1));
  }

  /// The first `size` keys.
  public TreePath above(int size) {
    return new TreePath(keys.subList(0, size));
  }

  public TreePath child(String key) {
    var longer = new ArrayList<String>(keys.size() + 1);
    longer.addAll(keys);
    longer.add(key);
    return new TreePath(longer);
  }

  public TreePath append(TreePath relative) {
    if (relative.isRoot()) {
      return this;
    }
    if (isRoot()) {
      return relative;
    }
    var longer = new ArrayList<String>(keys.size() + relative.size());
    longer.addAll(keys);
    longer.addAll(relative.keys);
    return new TreePath(longer);
  }

  /// Whether this is `ancestor` or below it.
  public boolean startsWith(TreePath ancestor) {
    return ancestor.size() <= size() && keys.subList(0, ancestor.size()).equals(ancestor.keys);
  }

  /// What is left of this path below `ancestor`, which it must start with.
  public TreePath below(TreePath ancestor) {
    return new TreePath(keys.subList(ancestor.size(), keys.size()));
  }

  /// `/a/b`; the root is `/`.
  @Override
  public String toString() {
    return "/" + String.join("/", keys);
  }
}
