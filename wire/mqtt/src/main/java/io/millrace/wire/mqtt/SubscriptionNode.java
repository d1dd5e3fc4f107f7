package io.millrace.wire.mqtt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One level of the subscription index. Changed under the index's lock; read without it.
///
/// Most nodes have one child: it stands here itself, which spares a match the way through a map.
final class SubscriptionNode {
  private final String level;
  private volatile @Nullable SubscriptionNode only;
  private volatile @Nullable Map<String, SubscriptionNode> children;
  private volatile @Nullable SubscriptionNode plus;
  private volatile @Nullable SubscriptionNode hash;
  private final Map<Session, Route> routes = new LinkedHashMap<>(2);
  private final Map<String, SharedGroup> groups = new HashMap<>(0);
  private volatile boolean occupied;
  private volatile Route @Nullable [][] snapshot;
  private volatile SharedGroup[] sharedSnapshot = Match.NO_GROUPS;

  SubscriptionNode(String level) {
    this.level = level;
  }

  @Nullable SubscriptionNode child(String next) {
    var one = only;
    if (one != null) {
      return one.level.equals(next) ? one : null;
    }
    var known = children;
    return known == null ? null : known.get(next);
  }

  @Nullable SubscriptionNode plus() {
    return plus;
  }

  @Nullable SubscriptionNode hash() {
    return hash;
  }

  @Nullable SubscriptionNode next(String step) {
    return switch (step) {
      case "+" -> plus;
      case "#" -> hash;
      default -> child(step);
    };
  }

  SubscriptionNode nextOrNew(String step) {
    var known = next(step);
    if (known != null) {
      return known;
    }
    var node = new SubscriptionNode(step);
    switch (step) {
      case "+" -> plus = node;
      case "#" -> hash = node;
      default -> addChild(node);
    }
    return node;
  }

  private void addChild(SubscriptionNode node) {
    var one = only;
    var map = children;
    if (map != null) {
      map.put(node.level, node);
    } else if (one == null) {
      only = node;
    } else {
      map = new ConcurrentHashMap<>(4);
      map.put(one.level, one);
      map.put(node.level, node);
      children = map; // before the other goes: a reader finds the child in one of them
      only = null;
    }
  }

  void drop(String step) {
    switch (step) {
      case "+" -> plus = null;
      case "#" -> hash = null;
      default -> {
        var map = children;
        if (map != null) {
          map.remove(step);
        } else {
          only = null;
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
        && only == null
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
