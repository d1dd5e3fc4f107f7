package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.Optional;

/// One change that somebody asks for; the [Database] checks, orders and applies it.
///
/// Values are JSON as Firebase writes it: `null` deletes, `.value`/`.priority` give a priority,
/// `{".sv": …}` is a server value.
public sealed interface RealtimeWrite {

  TreePath path();

  /// Replaces what is at `path`.
  ///
  /// @param ifHash when present, written only if the node there has this hash
  record Put(TreePath path, JsonValue value, Optional<String> ifHash) implements RealtimeWrite {}

  /// Replaces what is at each of the names of `values`, which are paths below `path`, all or none.
  record Patch(TreePath path, JsonObject values) implements RealtimeWrite {}

  /// Adds a child under a new push id.
  record Push(TreePath path, JsonValue value) implements RealtimeWrite {}

  /// Replaces what is at `path` by a node that was read already, see [NodeReader].
  record Import(TreePath path, Node node, Optional<String> ifHash) implements RealtimeWrite {}

  static RealtimeWrite put(TreePath path, JsonValue value) {
    return new Put(path, value, Optional.empty());
  }

  static RealtimeWrite delete(TreePath path) {
    return put(path, JsonNull.NULL);
  }

  static RealtimeWrite patch(TreePath path, JsonObject values) {
    return new Patch(path, values);
  }

  static RealtimeWrite push(TreePath path, JsonValue value) {
    return new Push(path, value);
  }
}
