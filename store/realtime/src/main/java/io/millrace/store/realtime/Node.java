package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonValue;
import java.util.Base64;

/// One immutable place of a tree with everything below it.
///
/// A change makes a new root that shares all that did not change, so whoever holds a node holds a
/// snapshot. `.priority` counts as a child wherever a key is asked for: a [Leaf], or
/// [Branch#EMPTY].
public abstract sealed class Node permits Leaf, Branch {
  /// The key under which a priority is read and written.
  public static final String PRIORITY = ".priority";

  private static final byte[] NO_HASH = {};

  private final JsonValue priority;
  private byte[] hashBytes =
      NO_HASH; // computed when first asked for; a lost race computes it twice

  Node(JsonValue priority) {
    this.priority = priority;
  }

  public final boolean isEmpty() {
    return this instanceof Branch branch && branch.size() == 0;
  }

  /// A number, a string, or JSON null when there is none.
  public final JsonValue priority() {
    return priority;
  }

  public final boolean hasPriority() {
    return priority != JsonNull.NULL;
  }

  /// The child, or [Branch#EMPTY].
  public abstract Node child(String key);

  /// A copy in which `key` holds `child`; an empty child is no child.
  public abstract Node with(String key, Node child);

  /// A copy with that priority; nothing cannot have one.
  public abstract Node withPriority(JsonValue priority);

  /// Roughly the bytes this takes in memory.
  public abstract long sizeBytes();

  /// The value as JSON: `null` when empty, an array when the keys look like one, no priorities.
  public final JsonValue toJson() {
    return NodeJson.plain(this);
  }

  /// The value as JSON with `.priority` and `.value` where there are priorities; never an array.
  public final JsonValue toExportJson() {
    return NodeJson.export(this);
  }

  /// The SDKs' hash of this node, which is also its ETag; the empty text for nothing.
  public final String hash() {
    return isEmpty() ? "" : Base64.getEncoder().encodeToString(hashBytes());
  }

  final byte[] hashBytes() {
    var known = hashBytes;
    if (known.length == 0) {
      known = NodeHash.of(this);
      hashBytes = known;
    }
    return known;
  }

  /// What is at `path` below this node, or [Branch#EMPTY].
  public final Node at(TreePath path) {
    var node = this;
    for (int i = 0; i < path.size() && !node.isEmpty(); i++) {
      node = node.child(path.key(i));
    }
    return node;
  }

  /// A copy in which `value` stands at `path`.
  public final Node with(TreePath path, Node value) {
    return with(path, 0, value);
  }

  private Node with(TreePath path, int depth, Node value) {
    if (depth == path.size()) {
      return value;
    }
    var key = path.key(depth);
    return with(key, child(key).with(path, depth + 1, value));
  }

  final Node priorityNode() {
    return hasPriority() ? new Leaf(priority, JsonNull.NULL) : Branch.EMPTY;
  }
}
