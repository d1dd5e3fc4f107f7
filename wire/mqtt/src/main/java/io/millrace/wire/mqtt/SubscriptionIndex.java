package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All subscriptions of the broker, as a trie of topic levels.
///
/// Any thread matches, without a lock; changes take turns under one lock and raise the generation,
/// which tells callers that a [Match] they kept may be old. A change never stops a match.
final class SubscriptionIndex {
  private final ReentrantLock lock = new ReentrantLock();
  private final SubscriptionNode root = new SubscriptionNode("");
  private final int shards;
  private final Routes nothing;
  private final AtomicLong generation = new AtomicLong(1);
  private long count;
  private long sharedCount;

  SubscriptionIndex(int shards) {
    this.shards = shards;
    this.nothing = Routes.of(List.of(), shards);
  }

  long generation() {
    return generation.get();
  }

  /// Subscriptions in all.
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /// Shared subscriptions, one per member.
  long sharedCount() {
    lock.lock();
    try {
      return sharedCount;
    } finally {
      lock.unlock();
    }
  }

  /// Adds a subscription, or replaces the same session's one with the same filter.
  ///
  /// @return the replaced one
  @Nullable Route add(TopicFilter filter, Route route) {
    lock.lock();
    try {
      var node = root;
      for (var level : filter.levels()) {
        node = node.nextOrNew(level);
      }
      var before = node.put(filter.group(), route);
      count += before == null ? 1 : 0;
      sharedCount += before == null && filter.isShared() ? 1 : 0;
      generation.incrementAndGet();
      return before;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a subscription out.
  ///
  /// @return what was there
  @Nullable Route remove(TopicFilter filter, Session session) {
    lock.lock();
    try {
      var removed = remove(root, filter, 0, session);
      count -= removed == null ? 0 : 1;
      sharedCount -= removed != null && filter.isShared() ? 1 : 0;
      generation.incrementAndGet();
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /// The group of a shared filter, if it has members.
  @Nullable SharedGroup group(TopicFilter filter) {
    lock.lock();
    try {
      SubscriptionNode node = root;
      for (var level : filter.levels()) {
        node = node == null ? null : node.next(level);
      }
      return node == null ? null : node.group(filter.group());
    } finally {
      lock.unlock();
    }
  }

  /// Everyone whose filters match the topic name.
  Match match(String topic) {
    long before = generation.get();
    var hits = new ArrayList<SubscriptionNode>(4);
    var levels = TopicFilter.levels(topic);
    var keys = new long[levels.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = LevelKey.of(levels.get(i));
    }
    collect(root, levels, keys, 0, topic.startsWith("$"), hits);
    return Match.of(before, routes(hits), groups(hits));
  }

  private static void collect(
      SubscriptionNode node,
      List<String> levels,
      long[] keys,
      int depth,
      boolean reserved,
      List<SubscriptionNode> hits) {
    boolean wildcards = depth > 0 || !reserved; // [MQTT-4.7.2-1] no wildcard stands for $...
    var hash = node.hash();
    if (hash != null && wildcards && hash.isOccupied()) {
      hits.add(hash); // '#' also matches the parent level, section 4.7.1.2
    }
    if (depth == keys.length) {
      if (node.isOccupied()) {
        hits.add(node);
      }
      return;
    }
    var exact = node.child(levels.get(depth), keys[depth]);
    if (exact != null) {
      collect(exact, levels, keys, depth + 1, reserved, hits);
    }
    var plus = node.plus();
    if (plus != null && wildcards) {
      collect(plus, levels, keys, depth + 1, reserved, hits);
    }
  }

  private static SharedGroup[] groups(List<SubscriptionNode> hits) {
    var all = Match.NO_GROUPS;
    for (var node : hits) {
      var more = node.shared();
      if (more.length > 0) {
        var both = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, both, all.length, more.length);
        all = both;
      }
    }
    return all;
  }

  private Routes routes(List<SubscriptionNode> hits) {
    if (hits.isEmpty()) {
      return nothing;
    }
    if (hits.size() == 1) {
      return snapshot(hits.getFirst());
    }
    var all = new ArrayList<Routes>(hits.size());
    hits.forEach(node -> all.add(snapshot(node)));
    return Routes.merged(all, shards);
  }

  private Routes snapshot(SubscriptionNode node) {
    var ready = node.snapshot();
    if (ready != null) {
      return ready;
    }
    lock.lock();
    try {
      return node.rebuild(shards);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Route remove(
      SubscriptionNode node, TopicFilter filter, int depth, Session session) {
    if (depth == filter.levels().size()) {
      return node.remove(filter.group(), session);
    }
    var level = filter.levels().get(depth);
    var next = node.next(level);
    if (next == null) {
      return null;
    }
    var removed = remove(next, filter, depth + 1, session);
    if (next.isEmpty()) {
      node.drop(level);
    }
    return removed;
  }
}
