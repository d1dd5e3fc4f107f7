package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.TopicName;
import org.jspecify.annotations.Nullable;

/// Matches of recent topics, good while the index's generation stands. Direct-mapped; one thread.
final class MatchCache {
  private final SubscriptionIndex index;
  private final @Nullable TopicName[] topics;
  private final @Nullable Match[] matches;
  private final int mask;

  MatchCache(SubscriptionIndex index, int slots) {
    this.index = index;
    topics = new @Nullable TopicName[slots];
    matches = new @Nullable Match[slots];
    mask = slots - 1;
  }

  Match match(TopicName topic) {
    int hash = topic.hashCode();
    int slot = (hash ^ (hash >>> 15)) & mask;
    var known = matches[slot];
    if (known != null && known.generation() == index.generation() && topic.equals(topics[slot])) {
      return known;
    }
    var match = index.match(topic.text());
    topics[slot] = topic;
    matches[slot] = match;
    return match;
  }
}
