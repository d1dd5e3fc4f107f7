package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes that go out as one multi-path update: no place is above another.
final class SinkBatch {
  private final List<SinkWrite> writes = new ArrayList<>();
  private final Map<TreePath, JsonValue> values = new LinkedHashMap<>();
  private final Set<TreePath> above = new HashSet<>(); // the places
  private long bytes;

  /// Whether the write was taken; what is not goes with the next batch.
  boolean add(SinkWrite write, int pathsMax, long bytesMax) {
    boolean isTooMuch =
        values.size() + write.values().size() > pathsMax || bytes + write.bytes() > bytesMax;
    if (!writes.isEmpty() && (isTooMuch || isInTheWay(write))) {
      return false;
    }
    writes.add(write);
    values.putAll(write.values());
    bytes += write.bytes();
    for (var path : write.values().keySet()) {
      for (int depth = 0; depth < path.size(); depth++) {
        above.add(start(path, depth));
      }
    }
    return true;
  }

  private boolean isInTheWay(SinkWrite write) {
    for (var path : write.values().keySet()) {
      if (above.contains(path)) {
        return true;
      }
      for (int depth = 1; depth < path.size(); depth++) {
        if (values.containsKey(start(path, depth))) {
          return true;
        }
      }
    }
    return false;
  }

  private static TreePath start(TreePath path, int depth) {
    return new TreePath(path.keys().subList(0, depth));
  }

  List<SinkWrite> writes() {
    return writes;
  }

  int paths() {
    return values.size();
  }

  JsonObject body() {
    var body = JsonObject.builder();
    values.forEach((path, value) -> body.put(path.toString().substring(1), value));
    return body.build();
  }
}
