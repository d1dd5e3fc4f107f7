package io.millrace.store.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the last writes of a database replaced, so that a path can be seen and set as it was.
///
/// A row per write, in the write's own commit: `{"at": ms, "by": who, "parts": [{"p": path, "old":
/// export}]}`; `old` is missing where it was too large to keep. Added to by the writer alone.
final class History {
  private static final int TRIM_STEP = 1_000; // range deletes cost every later read a little

  private final CommitStore store;
  private final Config config;
  private final KeyPool keys;
  private final byte[] start;
  private long first;
  private long next;

  History(String database, CommitStore store, Config config, KeyPool keys) {
    this.store = store;
    this.config = config;
    this.keys = keys;
    this.start = RowKey.ofHistory(database);
    store.scan(Family.REALTIME, start, RowKey.endOf(start), (row, _) -> found(row, true));
    store.scanDown(Family.REALTIME, start, RowKey.endOf(start), (row, _) -> found(row, false));
  }

  private boolean found(byte[] row, boolean isFirst) {
    long id = RowKey.historyId(row);
    if (isFirst) {
      first = id;
    }
    next = id + 1;
    return false;
  }

  /// @param before the root that the write found
  /// @param after the root that it left
  void add(Commit commit, AskedWrite asked, Node before, Node after, long nowMs) {
    if (config.historyWrites() == 0) {
      return;
    }
    var parts = new ArrayList<JsonValue>(asked.plan().parts().size());
    long room = config.historyBytesMax();
    for (var part : asked.plan().parts()) {
      var path = replaced(part.path(), before, after);
      var old = before.at(path);
      var json = JsonObject.builder().put("p", new JsonString(path.toString()));
      room -= old.sizeBytes();
      if (room >= 0) {
        json.put("old", old.toExportJson());
      }
      parts.add(json.build());
    }
    var row =
        JsonObject.builder()
            .put("at", new JsonLong(nowMs))
            .put("by", new JsonString(asked.by()))
            .put("parts", new JsonArray(parts));
    commit.put(Family.REALTIME, RowKey.ofHistory(start, next++), Json.bytes(row.build()));
  }

  /// The place that has to be set back: a write may make a branch of a value above it, or let a
  /// priority above it vanish with the last child.
  private static TreePath replaced(TreePath path, Node before, Node after) {
    var was = before;
    var is = after;
    for (int depth = 0; depth < path.size(); depth++) {
      if (was instanceof Leaf || (was.hasPriority() && is.isEmpty())) {
        return path.above(depth);
      }
      was = was.child(path.key(depth));
      is = is.child(path.key(depth));
    }
    return path;
  }

  /// Forgets the oldest; once for many.
  void trim(Commit commit) {
    long keepFrom = next - config.historyWrites();
    if (keepFrom - first >= TRIM_STEP || (config.historyWrites() == 0 && next > first)) {
      commit.deleteRange(
          Family.REALTIME, RowKey.ofHistory(start, first), RowKey.ofHistory(start, keepFrom));
      first = keepFrom;
    }
  }

  /// Any thread but the writer's may see a later one.
  long next() {
    return next;
  }

  /// The last write of every place that a kept write replaced.
  ///
  /// @param depth deeper places are taken for the one above them at this depth
  Map<TreePath, LastWrite> last(int depth) {
    Map<TreePath, LastWrite> last = new HashMap<>();
    store.scanDown(
        Family.REALTIME,
        start,
        RowKey.endOf(start),
        (key, value) -> {
          var row = (JsonObject) Json.parse(value);
          if (row.get("parts") instanceof JsonArray parts) {
            var write = new LastWrite(RowKey.historyId(key), at(row), row.text("by", ""));
            for (var part : parts.values()) {
              var path = TreePath.parse(((JsonObject) part).text("p", ""));
              last.putIfAbsent(path.size() > depth ? path.above(depth) : path, write);
            }
          }
          return true;
        });
    return last;
  }

  private static long at(JsonObject row) {
    return row.get("at") instanceof JsonLong(var at) ? at : 0;
  }

  /// @param before only writes before this one
  record Asked(TreePath path, long before, int most) {}

  /// The writes that changed the path, the latest first.
  ///
  /// @param now a root
  /// @param next the first write that is not in that root
  List<PastWrite> of(Asked asked, Node now, long next) {
    var path = asked.path;
    var found = new ArrayList<PastWrite>();
    var back = new Back(path, now.at(path));
    store.scanDown(
        Family.REALTIME,
        start,
        RowKey.ofHistory(start, next),
        (key, value) -> {
          var row = (JsonObject) Json.parse(value);
          var after = back.node;
          if (back.undo(row) && RowKey.historyId(key) < asked.before) {
            found.add(
                new PastWrite(
                    RowKey.historyId(key),
                    at(row),
                    row.text("by", ""),
                    back.node,
                    after,
                    back.isKnown));
          }
          return found.size() < asked.most;
        });
    return found;
  }

  /// One path, on its way back through the writes.
  private final class Back {
    private final TreePath path;
    private Node node;
    private boolean isKnown = true;

    Back(TreePath path, Node node) {
      this.path = path;
      this.node = node;
    }

    /// Whether the write changed the path, which then is as it was before it.
    boolean undo(JsonObject row) {
      boolean isConcerned = false;
      if (row.get("parts") instanceof JsonArray parts) {
        for (var part : parts.values()) {
          isConcerned |= undoPart((JsonObject) part);
        }
      }
      return isConcerned;
    }

    private boolean undoPart(JsonObject part) {
      var written = TreePath.parse(part.text("p", ""));
      var old = part.get("old");
      if (path.startsWith(written)) {
        var was = old == null ? node : node(written, old).at(path.below(written));
        boolean isChanged = old == null || !was.equals(node);
        isKnown &= old != null;
        node = was;
        return isChanged;
      }
      if (written.startsWith(path)) {
        isKnown &= old != null;
        node = old == null ? node : node.with(written.below(path), node(written, old));
        return true;
      }
      return false;
    }

    private Node node(TreePath at, JsonValue export) {
      return new DataReader(config, keys, 0).read(at, export, Branch.EMPTY);
    }
  }
}
