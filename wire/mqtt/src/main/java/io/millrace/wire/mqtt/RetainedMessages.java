package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The last retained message of each topic, as a trie of topic levels. Any thread.
final class RetainedMessages {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Node root = new Node();
  private final int max;
  private final RetainedStore store;
  private int count;
  private long bytes;

  RetainedMessages(int max, RetainedStore store) {
    this.max = max;
    this.store = store;
    store.load((_, bytes) -> add(RetainedFormat.decode(bytes)));
  }

  /// True when messages outlive the process, and so have something to wait for.
  boolean isDurable() {
    return store.isDurable();
  }

  int count() {
    lock.readLock().lock();
    try {
      return count;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// What they hold in memory, roughly.
  long bytes() {
    lock.readLock().lock();
    try {
      return bytes;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Keeps the message in place of an older one; an empty payload removes.
  ///
  /// @param ack completes when it is durable; refused when there are too many topics already
  /// @return false when it was refused
  boolean put(Message message, Ack ack) {
    lock.writeLock().lock();
    try {
      if (!change(message)) {
        ack.refused(
            new Refusal(
                Refusal.Kind.OVER_LIMIT,
                "more than mqtt.maxRetained=%d topics with retained messages".formatted(max)));
        return false;
      }
      if (isDurable() && !message.topic().text().startsWith("$SYS/")) {
        store.save(message.topic().utf8(), RetainedFormat.encode(message), ack);
      } else {
        ack.done();
      }
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean change(Message message) {
    if (message.payload().length > 0) {
      return add(message.asRetained());
    }
    remove(root, TopicFilter.levels(message.topic().text()), 0); // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
    return true;
  }

  /// Hands out all retained messages that a filter matches.
  void match(TopicFilter filter, long nowMs, Consumer<Message> taker) {
    var found = new ArrayList<Message>();
    lock.readLock().lock();
    try {
      collect(root, filter.levels(), 0, found);
    } finally {
      lock.readLock().unlock();
    }
    for (var message : found) {
      if (!message.isExpired(nowMs)) {
        taker.accept(message);
      }
    }
  }

  private boolean add(Message message) {
    var node = root;
    for (var level : TopicFilter.levels(message.topic().text())) {
      var next = node.children.get(level);
      if (next == null) {
        if (count >= max) {
          return false;
        }
        next = new Node();
        node.children.put(level, next);
      }
      node = next;
    }
    if (node.message == null) {
      if (count >= max) {
        return false;
      }
      count++;
    }
    bytes += message.sizeBytes() - sizeBytes(node);
    node.message = message; // [MQTT-3.3.1-5] replaces what was there
    return true;
  }

  private void remove(Node node, List<String> levels, int depth) {
    if (depth == levels.size()) {
      count -= node.message == null ? 0 : 1;
      bytes -= sizeBytes(node);
      node.message = null;
      return;
    }
    var next = node.children.get(levels.get(depth));
    if (next != null) {
      remove(next, levels, depth + 1);
      if (next.message == null && next.children.isEmpty()) {
        node.children.remove(levels.get(depth));
      }
    }
  }

  private static int sizeBytes(Node node) {
    var message = node.message;
    return message == null ? 0 : message.sizeBytes();
  }

  private static void collect(Node node, List<String> levels, int depth, List<Message> found) {
    if (depth == levels.size()) {
      add(node, found);
      return;
    }
    var level = levels.get(depth);
    switch (level) {
      case "#" -> collectAll(node, depth, found);
      case "+" ->
          node.children.forEach(
              (name, child) -> {
                if (depth > 0 || !name.startsWith("$")) { // [MQTT-4.7.2-1]
                  collect(child, levels, depth + 1, found);
                }
              });
      default -> {
        var child = node.children.get(level);
        if (child != null) {
          collect(child, levels, depth + 1, found);
        }
      }
    }
  }

  private static void collectAll(Node node, int depth, List<Message> found) {
    add(node, found);
    node.children.forEach(
        (name, child) -> {
          if (depth > 0 || !name.startsWith("$")) { // [MQTT-4.7.2-1]
            collectAll(child, depth + 1, found);
          }
        });
  }

  private static void add(Node node, List<Message> found) {
    if (node.message != null) {
      found.add(node.message);
    }
  }

  private static final class Node {
    private final Map<String, Node> children = new HashMap<>(2);
    private @Nullable Message message;
  }
}
