package io.millrace.store.realtime;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who listens where: a write meets only the listeners above and below the places it replaced.
///
/// Used under the database's lock.
final class Listens {
  private static final Logger log = LoggerFactory.getLogger(Listens.class);
  private final Spot root = new Spot();
  private int size;

  int size() {
    return size;
  }

  void add(TreePath path, ChangeListener listener) {
    var spot = root;
    for (var key : path.keys()) {
      spot = spot.below.computeIfAbsent(key, _ -> new Spot());
    }
    spot.here.add(listener);
    size++;
  }

  void remove(TreePath path, ChangeListener listener) {
    if (remove(root, path, 0, listener)) {
      size--;
    }
  }

  private static boolean remove(Spot spot, TreePath path, int depth, ChangeListener listener) {
    if (depth == path.size()) {
      return spot.here.remove(listener);
    }
    var next = spot.below.get(path.key(depth));
    if (next == null) {
      return false;
    }
    boolean removed = remove(next, path, depth + 1, listener);
    if (next.isIdle()) {
      spot.below.remove(path.key(depth));
    }
    return removed;
  }

  void tell(Change change) {
    if (size == 0) {
      return;
    }
    Set<ChangeListener> told = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var path : change.paths()) {
      tell(path, change, told);
    }
  }

  private void tell(TreePath path, Change change, Set<ChangeListener> told) {
    var spot = root;
    for (var key : path.keys()) {
      spot.tell(change, told);
      var next = spot.below.get(key);
      if (next == null) {
        return;
      }
      spot = next;
    }
    spot.tellAll(change, told);
  }

  private static final class Spot {
    private final Map<String, Spot> below = new HashMap<>();
    private final Set<ChangeListener> here = new LinkedHashSet<>();

    boolean isIdle() {
      return here.isEmpty() && below.isEmpty();
    }

    void tell(Change change, Set<ChangeListener> told) {
      for (var listener : here) {
        if (told.add(listener)) {
          tell(listener, change);
        }
      }
    }

    void tellAll(Change change, Set<ChangeListener> told) {
      tell(change, told);
      for (var spot : below.values()) {
        spot.tellAll(change, told);
      }
    }

    private static void tell(ChangeListener listener, Change change) {
      try {
        listener.changed(change);
      } catch (RuntimeException e) {
        log.error("The listener {} failed on a change; the others are still told", listener, e);
      }
    }
  }
}
