package io.millrace.wire.realtime;

import io.millrace.store.realtime.TreePath;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Places that somebody has written and the platform has yet to take over. Any thread.
final class UnderWay {
  private final Map<TreePath, Integer> counts = new ConcurrentHashMap<>();

  void began(Collection<TreePath> places) {
    places.forEach(place -> counts.merge(place, 1, Integer::sum));
  }

  void ended(Collection<TreePath> places) {
    places.forEach(place -> counts.computeIfPresent(place, (_, n) -> n == 1 ? null : n - 1));
  }

  boolean contains(TreePath place) {
    return counts.containsKey(place);
  }
}
