package io.millrace.wire.mqtt;

/// Everyone whom a topic concerns, at one generation of the index.
///
/// @param byShard routes by the number of the shard that owns their sessions
/// @param isDurable true when a durable session may be among the receivers
@SuppressWarnings("ArrayRecordComponent") // never compared; read on the hot path
record Match(long generation, Route[][] byShard, SharedGroup[] shared, boolean isDurable) {
  static final SharedGroup[] NO_GROUPS = {};

  static Match of(long generation, Routes routes, SharedGroup[] shared) {
    return new Match(
        generation, routes.byShard(), shared, routes.isDurable() || hasDurable(shared));
  }

  private static boolean hasDurable(SharedGroup[] shared) {
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
}
