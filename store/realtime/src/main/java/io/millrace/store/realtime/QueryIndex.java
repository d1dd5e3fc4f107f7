package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.Comparator;

/// What children are ordered by; equals are ordered by key.
public sealed interface QueryIndex {
  /// Children by priority (none, numbers, strings), then key.
  Comparator<Child> BY_PRIORITY =
      (a, b) -> compare(new ByPriority(), a.node(), a.key(), b.node(), b.key());

  record ByKey() implements QueryIndex {
    @Override
    public Node value(Node child) {
      return Branch.EMPTY;
    }
  }

  record ByValue() implements QueryIndex {
    @Override
    public Node value(Node child) {
      return child;
    }
  }

  record ByPriority() implements QueryIndex {
    @Override
    public Node value(Node child) {
      return child.child(Node.PRIORITY);
    }
  }

  /// What stands below each child.
  ///
  /// @param path from each child down
  record ByChild(TreePath path) implements QueryIndex {
    @Override
    public Node value(Node child) {
      return child.at(path);
    }
  }

  /// What of `child` counts, before the key does.
  Node value(Node child);

  private static int compare(QueryIndex index, Node a, String keyA, Node b, String keyB) {
    int order = compare(index.value(a), index.value(b));
    return order != 0 ? order : ChildKey.compare(keyA, keyB);
  }

  /// `null < false < true < number < string < object`; objects are equal among themselves.
  static int compare(Node a, Node b) {
    int kind = Integer.compare(kind(a), kind(b));
    return kind == 0 && a instanceof Leaf left && b instanceof Leaf right
        ? compare(left.value(), right.value())
        : kind;
  }

  private static int kind(Node node) {
    return switch (node) {
      case Branch branch -> branch.isEmpty() ? 0 : 5;
      case Leaf leaf ->
          switch (leaf.value()) {
            case JsonBoolean flag -> flag.value() ? 2 : 1;
            case JsonLong _, JsonDouble _ -> 3;
            case JsonString _ -> 4;
            default -> throw new IllegalStateException("Not a leaf value: " + leaf.value());
          };
    };
  }

  private static int compare(JsonValue a, JsonValue b) {
    if (a instanceof JsonString(var left) && b instanceof JsonString(var right)) {
      return left.compareTo(right);
    }
    return Numbers.isNumber(a) ? Numbers.compare(a, b) : 0;
  }
}
