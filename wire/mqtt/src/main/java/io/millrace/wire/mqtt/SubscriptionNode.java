package io.millrace.wire.mqtt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One level of the subscription index. Changed under the index's lock; read without it.
///
/// Hot path, and mostly waiting for memory: a single child stands here itself, several in an open
/// table of nodes, and most levels are told apart by a number in the node.
final class SubscriptionNode {
  private static final VarHandle SLOTS =
      MethodHandles.arrayElementVarHandle(SubscriptionNode[].class);
  private static final SubscriptionNode GONE = new SubscriptionNode("", 0);
  private static final int SMALLEST = 8;

  private final long key;
  private final String level;
  private volatile @Nullable SubscriptionNode only;
  private volatile @Nullable SubscriptionNode @Nullable [] children;
  private volatile @Nullable SubscriptionNode plus;
  private volatile @Nullable SubscriptionNode hash;
  private volatile boolean occupied;
  private volatile @Nullable Routes snapshot;
  private volatile SharedGroup[] sharedSnapshot = Match.NO_GROUPS;
  private Map<Session, Route> routes = Map.of(); // until there is one
  private Map<String, SharedGroup> groups = Map.of();
  private int live;
  private int used;

  SubscriptionNode(String level) {
    this(level, LevelKey.of(level));
  }

  private SubscriptionNode(String level, long key) {
    this.level = level;
    this.key = key;
  }

  @Nullable SubscriptionNode child(String next, long nextKey) {
    var one = only;
    if (one != null) {
      return one.is(next, nextKey) ? one : null;
    }
    var slots = children;
    if (slots == null) {
      return null;
    }
    int mask = slots.length - 1;
    for (int at = LevelKey.slot(nextKey, mask); ; at = at + 1 & mask) {
      var node = at(slots, at); // at least half of the slots are free
      if (node == null || node.is(next, nextKey)) {
        return node;
      }
    }
  }

  private boolean is(String other, long otherKey) {
    return key == otherKey && (LevelKey.isWhole(key) || level.equals(other));
  }

  private static @Nullable SubscriptionNode at(@Nullable SubscriptionNode[] slots, int at) {
    return (@Nullable SubscriptionNode) SLOTS.getAcquire(slots, at);
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
      default -> child(step, LevelKey.of(step));
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
    var slots = children;
    if (one != null) {
      var both = new @Nullable SubscriptionNode[SMALLEST];
      enter(both, one);
      enter(both, node);
      live = 2;
      used = 2;
      children = both; // before the other goes: a reader finds the child in one of them
      only = null;
    } else if (slots == null) {
      only = node;
    } else {
      slots = used + 1 > slots.length / 2 ? resized(slots) : slots;
      enter(slots, node);
      live++;
      used++;
      children = slots;
    }
  }

  /// Room for twice what is there, without what is gone.
  private @Nullable SubscriptionNode[] resized(@Nullable SubscriptionNode[] slots) {
    int length = Math.max(SMALLEST, Integer.highestOneBit(live + 1) * 8);
    var next = new @Nullable SubscriptionNode[length];
    for (int i = 0; i < slots.length; i++) {
      var node = at(slots, i);
      if (node != null && node != GONE) {
        enter(next, node);
      }
    }
    used = live;
    return next;
  }

  private static void enter(@Nullable SubscriptionNode[] slots, SubscriptionNode node) {
    int mask = slots.length - 1;
    int at = LevelKey.slot(node.key, mask);
    while (at(slots, at) != null) {
      at = at + 1 & mask;
    }
    SLOTS.setRelease(slots, at, node);
  }

  void drop(String step) {
    switch (step) {
      case "+" -> plus = null;
      case "#" -> hash = null;
      default -> dropChild(step, LevelKey.of(step));
    }
  }

  private void dropChild(String step, long stepKey) {
    var slots = children;
    if (slots == null) {
      var one = only;
      only = one != null && one.is(step, stepKey) ? null : one;
      return;
    }
    int mask = slots.length - 1;
    for (int at = LevelKey.slot(stepKey, mask); ; at = at + 1 & mask) {
      var node = at(slots, at);
      if (node == null) {
        return;
      }
      if (node.is(step, stepKey)) {
        SLOTS.setRelease(slots, at, GONE); // readers go on past it
        live--;
        break;
      }
    }
    if (slots.length > SMALLEST && live < slots.length / 32) {
      children = resized(slots);
    }
  }

  boolean isEmpty() {
    return routes.isEmpty()
        && groups.isEmpty()
        && plus == null
        && hash == null
        && only == null
        && live == 0;
  }

  @Nullable Route put(String group, Route route) {
    if (group.isEmpty()) {
      routes = routes.isEmpty() ? new LinkedHashMap<>(2) : routes;
      var before = routes.put(route.session(), route);
      occupied = true;
      snapshot = null;
      return before;
    }
    groups = groups.isEmpty() ? new HashMap<>(2) : groups;
    var shared = groups.computeIfAbsent(group, _ -> new SharedGroup());
    sharedSnapshot = groups.values().toArray(Match.NO_GROUPS);
    return shared.put(route);
  }

  @Nullable Route remove(String group, Session session) {
    if (group.isEmpty()) {
      var removed = routes.isEmpty() ? null : routes.remove(session);
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

  /// The routes that end here, or null when they must be rebuilt under the lock.
  @Nullable Routes snapshot() {
    return snapshot;
  }

  Routes rebuild(int shards) {
    var sorted = Routes.of(routes.values(), shards);
    snapshot = sorted;
    return sorted;
  }
}
