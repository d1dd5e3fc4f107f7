package io.millrace.wire.mqtt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One level of the subscription index. Changed under the index's lock; read without it.
final class SubscriptionNode {
  private volatile @Nullable Map<String, SubscriptionNode> children;
  private volatile @Nullable SubscriptionNode plus;
  private volatile @Nullable SubscriptionNode hash;
  private final Map<Session, Route> routes = new LinkedHashMap<>(2);
  private final Map<String, SharedGroup> groups = new HashMap<>(0);
  private volatile boolean occupied;
  private volatile Route @Nullable [][] snapshot;
  private volatile SharedGroup[] sharedSnapshot = Match.NO_GROUPS;

  @Nullable SubscriptionNode child(String level) {
    var known = children;
    return known == null ? null : known.get(level);
  }

  @Nullable SubscriptionNode plus() {
    return plus;
  }

  @Nullable SubscriptionNode hash() {
    return hash;
  }

  @Nullable SubscriptionNode next(String level) {
    return switch (level) {
      case "+" -> plus;
      case "#" -> hash;
      default -> child(level);
    };
  }

  SubscriptionNode nextOrNew(String level) {
    var known = next(level);
    if (known != null) {
      return known;
    }
    var node = new SubscriptionNode();
    switch (level) {
      case "+" -> plus = node;
      case "#" -> hash = node;
      default -> {
        var map = children;
        if (map == null) {
          map = new ConcurrentHashMap<>(2);
          children = map;
        }
        map.put(level, node);
      }
    }
    return node;
  }

  void drop(String level) {
    switch (level) {
      case "+" -> plus = null;
      case "#" -> hash = null;
      default -> {
        var map = children;
        if (map != null) {
          map.remove(level);
        }
      }
    }
  }

  boolean isEmpty() {
    var map = children;
    return routes.isEmpty()
        && groups.isEmpty()
        && plus == null
        && hash == null
        && (map == null || map.isEmpty());
  }

  @Nullable Route put(String group, Route route) {
    if (group.isEmpty()) {
      var before = routes.put(route.session(), route);
      occupied = true;
      snapshot = null;
      return before;
    }
    var shared = groups.computeIfAbsent(group, _ -> new SharedGroup());
    sharedSnapshot = groups.values().toArray(Match.NO_GROUPS);
    return shared.put(route);
  }

  @Nullable Route remove(String group, Session session) {
    if (group.isEmpty()) {
      var removed = routes.remove(session);
      occupied = !routes.isEmpty();
      snapshot = null;
      return removed;
    }
    var shared = groups.get(group);
    if (shared == null) {
      return null;
    }
    var removed = shared.remove(session);
    if (shared.members().length == 0) {
      groups.remove(group);
      sharedSnapshot = groups.values().toArray(Match.NO_GROUPS);
    }
    return removed;
  }

  /// True when a match ending here has somewhere to go.
  boolean isOccupied() {
    return occupied || sharedSnapshot.length > 0;
  }

  SharedGroup[] shared() {
    return sharedSnapshot;
  }

  @Nullable SharedGroup group(String name) {
    return groups.get(name);
  }

  /// The routes by shard, or null when they must be rebuilt under the lock.
  Route @Nullable [][] snapshot() {
    return snapshot;
  }

  Route[][] rebuild(int shards) {
    var sorted = Match.byShard(routes.values(), shards);
    snapshot = sorted;
    return sorted;
  }
}
