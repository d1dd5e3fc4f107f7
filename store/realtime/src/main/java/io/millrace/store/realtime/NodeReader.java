package io.millrace.store.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.json.JsonVisitor;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a [Node] of JSON of any length as it comes in: only the node itself stands in memory.
///
/// The same values as [DataReader] takes, but of server values only the time.
final class NodeReader implements JsonVisitor {
  private final Config limits;
  private final KeyPool keys;
  private final DataReader reader;
  private final int depth; // of the place where it will stand
  private final ArrayDeque<Open> open = new ArrayDeque<>();
  private Node whole = Branch.EMPTY;
  private String name = "";
  private long sizeBytes;

  private NodeReader(int depth, Config limits, KeyPool keys, long nowMs) {
    this.depth = depth;
    this.limits = limits;
    this.keys = keys;
    this.reader = new DataReader(limits, keys, nowMs);
  }

  static Node read(InputStream json, int depth, Config limits, KeyPool keys, long nowMs) {
    var reader = new NodeReader(depth, limits, keys, nowMs);
    Json.walk(json, reader);
    return reader.whole;
  }

  @Override
  public void object() {
    begin(false);
  }

  @Override
  public void array() {
    begin(true);
  }

  private void begin(boolean isArray) {
    if (depth + open.size() >= limits.depthMax() + 1) {
      throw reader.tooDeep();
    }
    open.push(new Open(name(), isArray));
  }

  /// The key of what begins now.
  private String name() {
    var parent = open.peek();
    return parent != null && parent.isArray ? Integer.toString(parent.next++) : name;
  }

  @Override
  public void name(String given) {
    name = given;
  }

  @Override
  public void end() {
    var done = open.pop();
    place(done.key, done.node());
  }

  @Override
  public void scalar(JsonValue value) {
    var key = name();
    var parent = open.peek();
    if (parent != null && !parent.isArray && parent.takes(key, value, reader)) {
      return;
    }
    if (value != JsonNull.NULL) {
      place(key, Leaf.of(value instanceof JsonString text ? reader.checked(text) : value));
    }
  }

  private void place(String key, Node node) {
    var parent = open.peek();
    if (parent == null) {
      whole = node;
    } else if (!node.isEmpty()) {
      count(key, node);
      parent.place(key, node);
    }
  }

  private void count(String key, Node node) {
    sizeBytes += 40 + key.length() + (node instanceof Leaf ? node.sizeBytes() : 64);
    if (sizeBytes > limits.treeBytesMax()) {
      throw BadDataException.tooBig(
          "The value takes more memory than realtime.treeBytesMax=%d; import a part of it, or raise the setting"
              .formatted(limits.treeBytesMax()));
    }
  }

  /// An object or array that has not ended.
  private final class Open {
    private final String key;
    private final boolean isArray;
    private final List<Child> children = new ArrayList<>();
    private JsonValue priority = JsonNull.NULL;
    private @Nullable Node value; // of `.value` or `.sv`
    private int next;

    Open(String key, boolean isArray) {
      this.key = key;
      this.isArray = isArray;
    }

    /// Whether the scalar is no child but says something about the object itself.
    boolean takes(String name, JsonValue scalar, DataReader data) {
      switch (name) {
        case Node.PRIORITY -> priority = data.priority(scalar, Branch.EMPTY);
        case NodeJson.VALUE ->
            value =
                scalar == JsonNull.NULL
                    ? null
                    : Leaf.of(scalar instanceof JsonString text ? data.checked(text) : scalar);
        case ServerValue.NAME ->
            value = data.read(TreePath.ROOT, serverValue(scalar), Branch.EMPTY);
        default -> {
          return false;
        }
      }
      return true;
    }

    private JsonValue serverValue(JsonValue scalar) {
      return JsonObject.of(ServerValue.NAME, scalar);
    }

    void place(String name, Node node) {
      if (name.equals(ServerValue.NAME)) {
        throw BadDataException.data(
            "Invalid data; of server values a large body takes only {\".sv\":\"timestamp\"}");
      }
      if (name.equals(NodeJson.VALUE)) {
        value = node;
      } else if (name.equals(Node.PRIORITY)) {
        priority = node instanceof Leaf leaf ? leaf.value() : priority(); // the time
      } else {
        reader.check(name);
        if (depth + open.size() > limits.depthMax()) {
          throw reader.tooDeep();
        }
        children.add(new Child(keys.pooled(name), node));
      }
    }

    private JsonValue priority() {
      throw BadDataException.data("Invalid data; a priority is a number, a string or null");
    }

    Node node() {
      var made = value;
      if (made == null) {
        made = branch();
      }
      return priority == JsonNull.NULL ? made : made.withPriority(priority);
    }

    private Node branch() {
      children.sort((a, b) -> ChildKey.compare(a.key(), b.key()));
      for (int i = 1; i < children.size(); i++) {
        if (children.get(i).key().equals(children.get(i - 1).key())) {
          children.set(i - 1, children.get(i)); // the last one counts, as in any JSON object
          children.remove(i--);
        }
      }
      return Branch.of(children.toArray(Child[]::new), JsonNull.NULL);
    }
  }
}
