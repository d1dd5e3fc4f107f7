package io.millrace.wire.realtime;

import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.List;

/// The writes that a session leaves behind for its end, in the order they were asked for.
final class OnDisconnects {
  private static final int SIZE_MAX = 10_000;
  private final List<RealtimeWrite> writes = new ArrayList<>();

  /// Whether there was room.
  boolean add(RealtimeWrite write) {
    if (write instanceof RealtimeWrite.Put) {
      cancel(write.path()); // a later one for the same place replaces the earlier
    }
    return writes.size() < SIZE_MAX && writes.add(write);
  }

  /// Forgets what was left at and below `path`.
  void cancel(TreePath path) {
    writes.removeIf(write -> write.path().startsWith(path));
  }

  /// All of them, once.
  List<RealtimeWrite> take() {
    var all = List.copyOf(writes);
    writes.clear();
    return all;
  }
}
