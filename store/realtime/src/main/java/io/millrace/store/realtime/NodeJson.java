package io.millrace.store.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;

/// Nodes as JSON.
final class NodeJson {
  static final String VALUE = ".value";

  private NodeJson() {}

  static JsonValue plain(Node node) {
    return switch (node) {
      case Leaf leaf -> leaf.value();
      case Branch branch when branch.isEmpty() -> JsonNull.NULL;
      case Branch branch -> looksLikeArray(branch) ? array(branch) : object(branch);
    };
  }

  static JsonValue export(Node node) {
    if (node instanceof Leaf leaf) {
      return leaf.hasPriority()
          ? JsonObject.of(VALUE, leaf.value()).with(Node.PRIORITY, leaf.priority())
          : leaf.value();
    }
    if (node.isEmpty()) {
      return JsonNull.NULL;
    }
    var object = JsonObject.builder();
    for (var child : (Branch) node) {
      object.put(child.key(), export(child.node()));
    }
    if (node.hasPriority()) {
      object.put(Node.PRIORITY, node.priority());
    }
    return object.build();
  }

  private static JsonValue object(Branch branch) {
    var object = JsonObject.builder();
    for (var child : branch) {
      object.put(child.key(), plain(child.node()));
    }
    return object.build();
  }

  private static JsonValue array(Branch branch) {
    var values = new ArrayList<JsonValue>();
    for (var child : branch) {
      int index = Integer.parseInt(child.key());
      while (values.size() < index) {
        values.add(JsonNull.NULL);
      }
      values.add(plain(child.node()));
    }
    return new JsonArray(values);
  }

  /// RTDB: every key a whole number as one writes it, and more than half of the places taken.
  static boolean looksLikeArray(Branch branch) {
    var last = branch.downFrom("", true).next().key();
    if (!isIndex(last) || Integer.parseInt(last) >= 2L * branch.size()) {
      return false;
    }
    for (var child : branch) {
      if (!isIndex(child.key())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIndex(String key) {
    if (key.length() > 9 || (key.length() > 1 && key.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) < '0' || key.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
