package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonString;
import java.math.BigDecimal;

/// The order of values and keys, as slow and plain as it can be said.
final class NaiveOrder {
  private NaiveOrder() {}

  static int compare(Node a, Node b) {
    int kinds = Integer.compare(kind(a), kind(b));
    if (kinds != 0 || !(a instanceof Leaf left) || !(b instanceof Leaf right)) {
      return kinds;
    }
    return switch (left.value()) {
      case JsonBoolean _ -> 0;
      case JsonString text -> text.value().compareTo(right.value().asText());
      default ->
          new BigDecimal(left.value().toString())
              .compareTo(new BigDecimal(right.value().toString()));
    };
  }

  private static int kind(Node node) {
    if (node.isEmpty()) {
      return 0;
    }
    return switch (node.toExportJson()) {
      case io.millrace.base.json.JsonObject o when node instanceof Leaf ->
          kind(Leaf.of(o.get(".value")));
      case io.millrace.base.json.JsonObject _ -> 5;
      case JsonBoolean flag -> flag.value() ? 2 : 1;
      case JsonString _ -> 4;
      default -> 3;
    };
  }

  static int compareKeys(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.equals(Query.MIN_KEY) || b.equals(Query.MAX_KEY)) {
      return -1;
    }
    if (b.equals(Query.MIN_KEY) || a.equals(Query.MAX_KEY)) {
      return 1;
    }
    boolean aNumber =
        a.matches("-?0*\\d{1,10}") && new BigDecimal(a).intValue() == Long.parseLong(a);
    boolean bNumber =
        b.matches("-?0*\\d{1,10}") && new BigDecimal(b).intValue() == Long.parseLong(b);
    if (aNumber && bNumber) {
      int order = Long.compare(Long.parseLong(a), Long.parseLong(b));
      return order != 0 ? order : Integer.compare(a.length(), b.length());
    }
    return aNumber ? -1 : bNumber ? 1 : a.compareTo(b);
  }
}
