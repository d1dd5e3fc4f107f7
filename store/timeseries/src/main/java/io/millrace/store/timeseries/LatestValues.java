package io.millrace.store.timeseries;

import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The newest point of each key of one entity. Any thread.
final class LatestValues {
  private final Map<String, Point> byKey = new HashMap<>(); // guarded by this

  /// Takes those that are not older than what is there.
  synchronized void offer(List<Point> points) {
    for (int i = 0; i < points.size(); i++) { // hot: once per saved point, no iterator
      offer(points.get(i));
    }
  }

  synchronized void offer(Point point) {
    var before = byKey.put(point.key(), point);
    if (before != null && before.ts() > point.ts()) {
      byKey.put(point.key(), before); // ThingsBoard: an older ts never replaces the latest
    }
  }

  synchronized List<Point> all() {
    return List.copyOf(new TreeMap<>(byKey).values());
  }

  synchronized List<Point> of(Collection<String> keys) {
    var found = new ArrayList<Point>(keys.size());
    for (var key : keys) {
      var point = byKey.get(key);
      if (point != null) {
        found.add(point);
      }
    }
    return found;
  }

  synchronized int size() {
    return byKey.size();
  }
}
