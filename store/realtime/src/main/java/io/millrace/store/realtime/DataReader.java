package io.millrace.store.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// Reads one JSON value into a [Node], within the limits; server values become numbers.
final class DataReader {
  private final Config limits;
  private final KeyPool keys;
  private final long nowMs;
  private boolean metServerValue;

  DataReader(Config limits, KeyPool keys, long nowMs) {
    this.limits = limits;
    this.keys = keys;
    this.nowMs = nowMs;
  }

  /// Whether what was read depends on the time or on what stands there.
  boolean metServerValue() {
    return metServerValue;
  }

  /// @param existing what stands at `path` until now, for increments
  /// @throws BadDataException when it cannot be data
  Node read(TreePath path, JsonValue json, Node existing) {
    return !path.isRoot() && path.last().equals(Node.PRIORITY)
        ? priorityLeaf(json, existing)
        : node(json, existing, path.size());
  }

  private Node priorityLeaf(JsonValue json, Node existing) {
    var priority = priority(json, existing);
    return priority == JsonNull.NULL ? Branch.EMPTY : Leaf.of(priority);
  }

  private Node node(JsonValue json, Node existing, int depth) {
    return switch (json) {
      case JsonNull _ -> Branch.EMPTY;
      case JsonString string -> Leaf.of(checked(string));
      case JsonLong _, JsonDouble _, JsonBoolean _ -> Leaf.of(json);
      case JsonArray array -> array(array, existing, depth);
      case JsonObject object when object.has(ServerValue.NAME) -> serverValue(object, existing);
      case JsonObject object -> object(object, existing, depth);
    };
  }

  private Leaf serverValue(JsonObject object, Node existing) {
    metServerValue = true;
    return Leaf.of(ServerValue.resolve(object, existing, nowMs));
  }

  private Node object(JsonObject object, Node existing, int depth) {
    var priority = object.get(Node.PRIORITY);
    var value = object.get(NodeJson.VALUE);
    var node =
        value == null || value == JsonNull.NULL
            ? children(object, existing, depth)
            : node(value, existing, depth);
    return priority == null
        ? node
        : node.withPriority(priority(priority, existing.child(Node.PRIORITY)));
  }

  private Node children(JsonObject object, Node existing, int depth) {
    var children = new ArrayList<Child>(object.size());
    for (int i = 0; i < object.size(); i++) {
      var key = object.name(i);
      if (!key.equals(Node.PRIORITY) && !key.equals(NodeJson.VALUE)) {
        add(key, object.value(i), existing, depth + 1, children);
      }
    }
    return branch(children);
  }

  private Node array(JsonArray array, Node existing, int depth) {
    var children = new ArrayList<Child>(array.size());
    for (int i = 0; i < array.size(); i++) {
      add(Integer.toString(i), array.get(i), existing, depth + 1, children);
    }
    return branch(children);
  }

  private void add(String key, JsonValue json, Node existing, int depth, List<Child> children) {
    check(key);
    if (depth > limits.depthMax()) {
      throw tooDeep();
    }
    var node = node(json, existing.child(key), depth);
    if (!node.isEmpty()) {
      children.add(new Child(keys.pooled(key), node));
    }
  }

  static Node branch(List<Child> children) {
    children.sort((a, b) -> ChildKey.compare(a.key(), b.key()));
    return Branch.of(children.toArray(Child[]::new), JsonNull.NULL);
  }

  JsonValue priority(JsonValue json, Node existing) {
    return switch (json) {
      case JsonNull _ -> json;
      case JsonString string -> checked(string);
      case JsonLong _, JsonDouble _ -> Leaf.canonical(json);
      case JsonObject object when object.has(ServerValue.NAME) ->
          serverValue(object, existing).value();
      case JsonObject _, JsonArray _, JsonBoolean _ ->
          throw BadDataException.data(
              "Invalid data; a priority is a number, a string or null, not " + json);
    };
  }

  /// @throws BadDataException when `path` cannot be a place of the tree
  void check(TreePath path) {
    int depth = 0;
    for (var key : path.keys()) {
      depth++;
      if (!key.equals(Node.PRIORITY) || depth < path.size()) {
        checkPart(key);
      }
    }
    if (depth > limits.depthMax()) {
      throw tooDeep();
    }
  }

  private void checkPart(String key) {
    if (ChildKey.isMalformed(key)) {
      throw BadDataException.path(
          "'%s' has one of the characters . # $ [ ] or a control character".formatted(key));
    }
    checkLength(key);
  }

  void check(String key) {
    if (ChildKey.isMalformed(key)) {
      throw BadDataException.badNames();
    }
    checkLength(key);
  }

  private void checkLength(String key) {
    if (key.length() * 3 > limits.keyBytesMax() && ChildKey.sizeBytes(key) > limits.keyBytesMax()) {
      throw BadDataException.tooBig(
          "Invalid data; the key %s… is longer than %d bytes in UTF-8"
              .formatted(key.substring(0, Math.min(key.length(), 40)), limits.keyBytesMax()));
    }
  }

  JsonString checked(JsonString string) {
    if (string.value().length() > limits.stringLengthMax()) {
      throw BadDataException.tooBig(
          "Invalid data; a string of %d characters is longer than %d"
              .formatted(string.value().length(), limits.stringLengthMax()));
    }
    return string;
  }

  BadDataException tooDeep() {
    return BadDataException.tooBig(
        "Invalid data; the value is deeper than %d levels".formatted(limits.depthMax()));
  }
}
