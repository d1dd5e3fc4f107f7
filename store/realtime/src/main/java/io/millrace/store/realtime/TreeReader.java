package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreDamagedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds a tree from its rows, which come depth first: children follow their parent.
final class TreeReader {
  private final String database;
  private final KeyPool keys;
  private final ArrayDeque<Open> open = new ArrayDeque<>(); // the root last
  private final byte[] root;

  private TreeReader(String database, KeyPool keys) {
    this.database = database;
    this.keys = keys;
    this.root = RowKey.ofRoot(database);
    open.push(new Open(""));
  }

  static Node read(CommitStore store, String database, KeyPool keys) {
    var reader = new TreeReader(database, keys);
    store.scan(
        Family.REALTIME,
        reader.root,
        RowKey.endOf(reader.root),
        (row, value) -> {
          reader.row(RowKey.keys(row, reader.root.length), RowValue.decode(value));
          return true;
        });
    return reader.end();
  }

  private void row(List<String> path, RowValue value) {
    int shared = sharedDepth(path);
    while (open.size() - 1 > shared) {
      closeOne();
    }
    for (var key : path.subList(shared, path.size())) {
      open.push(new Open(keys.pooled(key)));
    }
    open.getFirst().own = value;
  }

  /// How many of the open keys `path` starts with.
  private int sharedDepth(List<String> path) {
    int depth = 0;
    var down = open.descendingIterator();
    down.next(); // the root
    while (down.hasNext() && depth < path.size() && down.next().key.equals(path.get(depth))) {
      depth++;
    }
    return depth;
  }

  private void closeOne() {
    var closed = open.pop();
    open.getFirst().children.add(new Child(closed.key, node(closed)));
  }

  private Node end() {
    while (open.size() > 1) {
      closeOne();
    }
    return node(open.pop());
  }

  private Node node(Open done) {
    var own = done.own;
    if (own != null && own.value() != JsonNull.NULL) {
      if (!done.children.isEmpty()) {
        throw new StoreDamagedException(
            "The realtime database %s has both a value and children at %s; restore a backup"
                .formatted(database, done.key),
            new IllegalStateException("leaf with children"));
      }
      return new Leaf(own.value(), own.priority());
    }
    done.children.sort((a, b) -> ChildKey.compare(a.key(), b.key()));
    var priority = own == null ? JsonNull.NULL : own.priority();
    return Branch.of(done.children.toArray(Child[]::new), priority);
  }

  private static final class Open {
    private final String key;
    private final List<Child> children = new ArrayList<>();
    private @Nullable RowValue own;

    Open(String key) {
      this.key = key;
    }
  }
}
