package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Everyone whom a topic concerns, at one generation of the index.
///
/// @param byShard routes by the number of the shard that owns their sessions
/// @param isDurable true when a durable session may be among the receivers
@SuppressWarnings("ArrayRecordComponent") // never compared; read on the hot path
record Match(long generation, Route[][] byShard, SharedGroup[] shared, boolean isDurable) {
  static final SharedGroup[] NO_GROUPS = {};
  private static final Route[] NO_ROUTES = {};

  static Match of(long generation, Route[][] byShard, SharedGroup[] shared) {
    return new Match(generation, byShard, shared, hasDurable(byShard, shared));
  }

  private static boolean hasDurable(Route[][] byShard, SharedGroup[] shared) {
    for (var routes : byShard) {
      if (hasDurable(routes)) {
        return true;
      }
    }
    for (var group : shared) {
      if (hasDurable(group.members())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDurable(Route[] routes) {
    for (var route : routes) {
      if (route.session().isDurable()) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    if (shared.length > 0) {
      return false;
    }
    for (var routes : byShard) {
      if (routes.length > 0) {
        return false;
      }
    }
    return true;
  }

  static Route[][] byShard(Collection<Route> routes, int shards) {
    var sorted = new ArrayList<List<Route>>(shards);
    for (int i = 0; i < shards; i++) {
      sorted.add(new ArrayList<>());
    }
    for (var route : routes) {
      sorted.get(route.session().shard().number()).add(route);
    }
    var arrays = new Route[shards][];
    for (int i = 0; i < shards; i++) {
      arrays[i] = sorted.get(i).toArray(NO_ROUTES);
    }
    return arrays;
  }
}
