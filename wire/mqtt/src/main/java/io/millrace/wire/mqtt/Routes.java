package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/// Routes by the number of the shard that owns their sessions.
///
/// @param isDurable true when a durable session may be among them
@SuppressWarnings("ArrayRecordComponent") // never compared; read on the hot path
record Routes(Route[][] byShard, boolean isDurable) {
  private static final Route[] NONE = {};
  private static final int FEW = 16;

  static Routes of(Collection<Route> routes, int shards) {
    var sorted = new ArrayList<List<Route>>(shards);
    for (int i = 0; i < shards; i++) {
      sorted.add(new ArrayList<>());
    }
    boolean isDurable = false;
    for (var route : routes) {
      sorted.get(route.session().shard().number()).add(route);
      isDurable |= route.session().isDurable();
    }
    var arrays = new Route[shards][];
    for (int i = 0; i < shards; i++) {
      arrays[i] = sorted.get(i).toArray(NONE);
    }
    return new Routes(arrays, isDurable);
  }

  /// One route for each session, whatever number of its filters match. Does not look at sessions:
  /// with a million of them they are far away in memory.
  static Routes merged(List<Routes> all, int shards) {
    boolean isDurable = false;
    var arrays = new Route[shards][];
    for (var routes : all) {
      isDurable |= routes.isDurable;
    }
    for (int i = 0; i < shards; i++) {
      arrays[i] = merged(all, i, NONE);
    }
    return new Routes(arrays, isDurable);
  }

  private static Route[] merged(List<Routes> all, int shard, Route[] begin) {
    var merged = begin;
    for (int i = 0; i < all.size(); i++) {
      var more = all.get(i).byShard[shard];
      if (merged.length == 0) {
        merged = more;
      } else if (merged.length + more.length > FEW) {
        return mergedMany(all, shard);
      } else if (more.length > 0) {
        merged = both(merged, more);
      }
    }
    return merged;
  }

  private static Route[] both(Route[] first, Route[] second) {
    var all = Arrays.copyOf(first, first.length + second.length);
    int count = first.length;
    for (var route : second) {
      int same = 0;
      while (same < count && all[same].session() != route.session()) {
        same++;
      }
      all[same] = same < count ? all[same].merge(route) : route;
      count = Math.max(count, same + 1);
    }
    return count == all.length ? all : Arrays.copyOf(all, count);
  }

  private static Route[] mergedMany(List<Routes> all, int shard) {
    var bySession = new LinkedHashMap<Session, Route>();
    for (var routes : all) {
      for (var route : routes.byShard[shard]) {
        bySession.merge(route.session(), route, Route::merge);
      }
    }
    return bySession.values().toArray(NONE);
  }
}
