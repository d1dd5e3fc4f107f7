package io.millrace.store.timeseries;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// A way with fewer positions that looks the same: the corner that is farthest from the straight
/// line is put back first (Douglas and Peucker, by number instead of by distance).
final class Track {
  private record Stretch(int from, int until, int farthest, double distance) {}

  private final List<Fix> fixes;
  private final PriorityQueue<Stretch> stretches =
      new PriorityQueue<>(Comparator.comparingDouble(Stretch::distance).reversed());

  private Track(List<Fix> fixes) {
    this.fixes = fixes;
  }

  /// At most `max` of them, the first and the last included; 2 or more.
  static List<Fix> thinned(List<Fix> fixes, int max) {
    return fixes.size() <= max ? fixes : new Track(fixes).thinned(max);
  }

  private List<Fix> thinned(int max) {
    var kept = new BitSet(fixes.size());
    kept.set(0);
    kept.set(fixes.size() - 1);
    offer(0, fixes.size() - 1);
    for (int count = 2; count < max; count++) {
      var next = stretches.poll();
      if (next == null) {
        break;
      }
      kept.set(next.farthest);
      offer(next.from, next.farthest);
      offer(next.farthest, next.until);
    }
    var thinned = new ArrayList<Fix>(max);
    kept.stream().forEach(i -> thinned.add(fixes.get(i)));
    return thinned;
  }

  private void offer(int from, int until) {
    int farthest = -1;
    double distance = -1;
    for (int i = from + 1; i < until; i++) {
      double here = distance(fixes.get(i), fixes.get(from), fixes.get(until));
      if (here > distance) {
        distance = here;
        farthest = i;
      }
    }
    if (farthest > 0) {
      stretches.add(new Stretch(from, until, farthest, distance));
    }
  }

  /// Degrees from the line between two positions, where a degree of longitude is as long as here.
  private static double distance(Fix at, Fix from, Fix until) {
    double narrow = Math.cos(Math.toRadians(at.latitude()));
    double x = (at.longitude() - from.longitude()) * narrow;
    double y = at.latitude() - from.latitude();
    double dx = (until.longitude() - from.longitude()) * narrow;
    double dy = until.latitude() - from.latitude();
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : Math.clamp((x * dx + y * dy) / length, 0, 1);
    return Math.hypot(x - along * dx, y - along * dy);
  }
}
