package io.millrace.wire.realtime;

import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.LastWrite;
import io.millrace.store.realtime.TreePath;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who last wrote the places below which a mirror rule keeps values, as far as a database's
/// history reaches.
///
/// @param byPath places of the values themselves, or above them
record LastWrites(Map<TreePath, LastWrite> byPath) {

  /// @param values the place right above the values
  static LastWrites of(Database database, TreePath values) {
    return new LastWrites(database.lastWrites(values.size() + 1));
  }

  /// The last write of that place or of one above it.
  Optional<LastWrite> at(TreePath place) {
    Optional<LastWrite> last = Optional.empty();
    for (int size = 0; size <= place.size(); size++) {
      var write = byPath.get(place.above(size));
      if (write != null && (last.isEmpty() || last.get().id() < write.id())) {
        last = Optional.of(write);
      }
    }
    return last;
  }

  boolean isByMirror(TreePath place) {
    return at(place).map(write -> write.by().equals(Mirror.WRITER)).orElse(false);
  }

  /// Whether somebody else wrote the place, at `sinceMs` or later.
  boolean isByOthers(TreePath place, long sinceMs) {
    return at(place)
        .map(write -> !write.by().equals(Mirror.WRITER) && write.atMs() >= sinceMs)
        .orElse(false);
  }

  /// The keys at `depth` of what others wrote below `above`; empty when all of it was written.
  Optional<Set<String>> keysByOthers(TreePath above) {
    Set<String> keys = new HashSet<>();
    for (var write : byPath.entrySet()) {
      var path = write.getKey();
      if (write.getValue().by().equals(Mirror.WRITER)) {
        continue;
      }
      if (above.startsWith(path)) {
        return Optional.empty();
      }
      if (path.startsWith(above)) {
        keys.add(path.key(above.size()));
      }
    }
    return Optional.of(keys);
  }
}
