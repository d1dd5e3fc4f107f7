package io.millrace.store.timeseries;

import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The points of one entity that are not in blocks yet, and what was deleted meanwhile.
///
/// An erasure stands for everything older than this head; its own points are removed at once.
/// Any thread.
final class EntityHead {
  /// What an entity and a series take before their first point, in points.
  static final int ENTITY_COST = 5;

  private static final int SERIES_COST = 3;

  private final Map<String, Series> byKey = new HashMap<>(); // all guarded by this
  private final List<Erasure> erasures = new ArrayList<>();

  /// What a reader takes from here, all of one moment.
  record View(Series series, List<Erasure> erasures) {}

  /// Adds points and says how much more memory is in use, in points of about 40 bytes.
  synchronized int add(List<Point> points) {
    int added = 0;
    for (int i = 0; i < points.size(); i++) { // hot: once per saved point, no iterator
      var point = points.get(i);
      var series = byKey.get(point.key());
      if (series == null) {
        series = new Series();
        added += SERIES_COST;
        byKey.put(point.key(), series);
      }
      added += series.add(point.ts(), point.value());
    }
    return added;
  }

  synchronized void erase(String key, Erasure erasure) {
    erasures.add(erasure);
    byKey.computeIfPresent(key, (_, series) -> rest(series, erasure));
  }

  synchronized void eraseEverything() {
    erasures.clear();
    erasures.add(Erasure.EVERYTHING);
    byKey.clear();
  }

  synchronized View view(String key, RangeQuery query) {
    var series = byKey.get(key);
    var found = series == null ? new Series(0) : series.slice(query.fromTs(), query.untilTs());
    return new View(found, List.copyOf(erasures));
  }

  synchronized List<Erasure> erasures() {
    return List.copyOf(erasures);
  }

  /// The newest point of each key.
  synchronized List<Point> newest() {
    var newest = new ArrayList<Point>(byKey.size());
    byKey.forEach(
        (key, series) -> {
          int last = series.size() - 1;
          if (last >= 0) {
            newest.add(new Point(key, series.ts(last), series.value(last)));
          }
        });
    return newest;
  }

  /// All points by the number of their key; for the sealer, when nobody adds any more.
  synchronized Map<Integer, Series> all(KeyDictionary keys) {
    var all = new TreeMap<Integer, Series>();
    byKey.forEach(
        (key, series) -> {
          var known = keys.find(key);
          if (known != null && series.size() > 0) {
            all.put(known.id, series.slice(Long.MIN_VALUE, Long.MAX_VALUE));
          }
        });
    return all;
  }

  private static Series rest(Series series, Erasure erasure) {
    return series.without(erasure.fromTs(), erasure.untilTs());
  }
}
