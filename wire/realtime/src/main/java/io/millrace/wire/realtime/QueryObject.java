package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.Query.Bound;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.Optional;

/// A query as the SDKs send it: `i` index, `sp sn sin` start, `ep en ein` end, `l` limit, `vf`
/// side.
final class QueryObject {
  private QueryObject() {}

  static Query read(JsonObject q) {
    var start = bound(q, "sp", "sn", "sin", Query.MIN_KEY);
    var end = bound(q, "ep", "en", "ein", Query.MAX_KEY);
    int limit = q.get("l") instanceof JsonLong(var l) ? Math.clamp(l, 0, Integer.MAX_VALUE) : 0;
    boolean fromEnd = q.text("vf", start.isPresent() ? "l" : "r").equals("r");
    return new Query(index(q.text("i", "")), start, end, limit, fromEnd);
  }

  private static QueryIndex index(String name) {
    return switch (name) {
      case "", ".priority" -> new QueryIndex.ByPriority();
      case ".key" -> new QueryIndex.ByKey();
      case ".value" -> new QueryIndex.ByValue();
      default -> new QueryIndex.ByChild(TreePath.parse(name));
    };
  }

  private static Optional<Bound> bound(
      JsonObject q, String value, String name, String inclusive, String fallback) {
    var given = q.get(value);
    return given == null
        ? Optional.empty()
        : Optional.of(
            new Bound(node(given), q.text(name, fallback), q.get(inclusive) != JsonBoolean.FALSE));
  }

  private static Node node(JsonValue value) {
    return switch (value) {
      case JsonNull _, JsonObject _, JsonArray _ -> Branch.EMPTY;
      default -> Leaf.of(value);
    };
  }
}
