package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one open commit has changed so far, so that its own messages can see it. One thread.
final class Uncommitted {
  private final List<Change> changes = new ArrayList<>();

  private sealed interface Change {
    EntityId entity();
  }

  private record Saved(EntityId entity, List<Point> points) implements Change {}

  private record Erased(EntityId entity, String key, long fromTs, long untilTs) implements Change {}

  private record ErasedAll(EntityId entity) implements Change {}

  /// The newest point of a key before a time, from what is committed.
  interface Committed {
    List<Point> newestBefore(String key, long untilTs);
  }

  void saved(EntityId entity, List<Point> points) {
    changes.add(new Saved(entity, points));
  }

  void erased(EntityId entity, String key, long fromTs, long untilTs) {
    changes.add(new Erased(entity, key, fromTs, untilTs));
  }

  void erasedAll(EntityId entity) {
    changes.add(new ErasedAll(entity));
  }

  /// The last change is taken back: it is the last one, for messages are taken back backwards.
  void takeBack() {
    changes.removeLast();
  }

  boolean isOf(EntityId entity) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).entity().equals(entity)) {
        return true;
      }
    }
    return false;
  }

  /// The latest values as they will be after this commit.
  List<Point> over(List<Point> latest, EntityId entity, Committed committed) {
    var byKey = new TreeMap<String, Point>();
    latest.forEach(point -> byKey.put(point.key(), point));
    var saved = new ArrayList<Point>();
    for (var change : changes) {
      if (change.entity().equals(entity)) {
        apply(change, byKey, saved, committed);
      }
    }
    return List.copyOf(byKey.values());
  }

  /// The points of a range as they will be after this commit.
  List<Point> over(List<Point> points, EntityId entity, RangeQuery query) {
    var byTs = new TreeMap<Long, Point>();
    points.forEach(point -> byTs.put(point.ts(), point));
    for (var change : changes) {
      if (change.entity().equals(entity)) {
        apply(change, byTs, query);
      }
    }
    var all = query.order() == Order.ASC ? byTs : byTs.descendingMap();
    return all.values().stream().limit(query.limit()).toList();
  }

  private static void apply(Change change, Map<Long, Point> byTs, RangeQuery query) {
    switch (change) {
      case Saved(var _, var points) -> {
        for (var point : points) {
          if (point.key().equals(query.key()) && isIn(point, query.fromTs(), query.untilTs())) {
            byTs.put(point.ts(), point);
          }
        }
      }
      case ErasedAll(var _) -> byTs.clear();
      case Erased(var _, var key, long fromTs, long untilTs) -> {
        if (key.equals(query.key())) {
          byTs.values().removeIf(point -> isIn(point, fromTs, untilTs));
        }
      }
    }
  }

  private static void apply(
      Change change, Map<String, Point> byKey, List<Point> saved, Committed committed) {
    switch (change) {
      case Saved(var _, var points) -> {
        saved.addAll(points);
        points.forEach(point -> byKey.merge(point.key(), point, Uncommitted::newer));
      }
      case ErasedAll(var _) -> {
        saved.clear();
        byKey.clear();
      }
      case Erased(var _, var key, long fromTs, long untilTs) -> {
        saved.removeIf(point -> point.key().equals(key) && isIn(point, fromTs, untilTs));
        var before = byKey.get(key);
        if (before != null && isIn(before, fromTs, untilTs)) {
          byKey.remove(key);
          committed.newestBefore(key, fromTs).forEach(point -> byKey.put(key, point));
          for (var point : saved) {
            if (point.key().equals(key)) {
              byKey.merge(key, point, Uncommitted::newer);
            }
          }
        }
      }
    }
  }

  private static boolean isIn(Point point, long fromTs, long untilTs) {
    return point.ts() >= fromTs && point.ts() < untilTs;
  }

  private static Point newer(Point old, Point now) {
    return now.ts() >= old.ts() ? now : old;
  }
}
