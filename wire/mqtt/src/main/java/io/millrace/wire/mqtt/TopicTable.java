package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.TopicName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is published to the topics of one event loop: counts, rates, the newest payload's start.
///
/// Hot path: one look into a direct-mapped table per message. At most `mqtt.topicsTracked` topics;
/// when there are more, those that were silent longest are forgotten and the others counted
/// together.
final class TopicTable {
  private static final int SLOTS = 8192;
  private static final int PREVIEW_BYTES = 256;
  private static final long MARK_NANOS = 1_000_000_000L;
  private static final long SILENT_MS = 60_000;

  private final int max;
  private final @Nullable Topic[] slots = new @Nullable Topic[SLOTS];
  private final Map<TopicName, Topic> topics = new HashMap<>();
  private long untracked;
  private long markNanos;

  TopicTable(int max, long nowNanos) {
    this.max = max;
    this.markNanos = nowNanos;
  }

  /// One topic's figures.
  static final class Topic {
    final TopicName name;
    long messages;
    long bytes;
    byte[] last = {};
    boolean fresh;
    long lastMs;
    double messagesPerSecond;
    double bytesPerSecond;
    private long markMessages;
    private long markBytes;

    private Topic(TopicName name) {
      this.name = name;
    }

    private void count(byte[] payload) {
      messages++;
      bytes += payload.length;
      last = payload.length <= PREVIEW_BYTES ? payload : Arrays.copyOf(payload, PREVIEW_BYTES);
      fresh = true;
    }

    private void tick(long passedNanos, long nowMs) {
      messagesPerSecond = Traffic.smooth(messagesPerSecond, messages - markMessages, passedNanos);
      bytesPerSecond = Traffic.smooth(bytesPerSecond, bytes - markBytes, passedNanos);
      markMessages = messages;
      markBytes = bytes;
      lastMs = fresh ? nowMs : lastMs;
      fresh = false;
    }
  }

  void count(TopicName name, byte[] payload) {
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    var topic = slots[slot];
    if (topic == null || !topic.name.equals(name)) {
      topic = find(name);
      if (topic == null) {
        untracked++;
        return;
      }
      slots[slot] = topic;
    }
    topic.count(payload);
  }

  private @Nullable Topic find(TopicName name) {
    var topic = topics.get(name);
    if (topic == null && topics.size() < max) {
      topic = new Topic(name);
      topics.put(name, topic);
    }
    return topic;
  }

  /// A few times per second: brings the rates up to date about once; makes room when full.
  void tick(long nowNanos, long nowMs) {
    long passed = nowNanos - markNanos;
    if (passed < MARK_NANOS) {
      return;
    }
    markNanos = nowNanos;
    topics.values().forEach(topic -> topic.tick(passed, nowMs));
    if (topics.size() >= max) {
      topics.values().removeIf(topic -> nowMs - topic.lastMs > SILENT_MS);
      Arrays.fill(slots, null);
    }
  }

  void each(Consumer<Topic> taker) {
    topics.values().forEach(taker);
  }

  /// Messages to topics beyond `mqtt.topicsTracked`.
  long untracked() {
    return untracked;
  }
}
