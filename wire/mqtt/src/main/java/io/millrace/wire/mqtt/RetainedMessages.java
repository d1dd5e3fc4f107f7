package io.millrace.wire.mqtt;

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
  private int count;

  RetainedMessages(int max) {
    this.max = max;
  }

  int count() {
    lock.readLock().lock();
    try {
      return count;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Keeps the message in place of an older one; an empty payload removes.
  ///
  /// @return false when there are too many topics already
  boolean put(Message message) {
    lock.writeLock().lock();
    try {
      var levels = TopicFilter.levels(message.topic().text());
      if (message.payload().length == 0) {
        remove(root, levels, 0); // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
        return true;
      }
      return add(levels, message.asRetained());
    } finally {
      lock.writeLock().unlock();
    }
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

  private boolean add(List<String> levels, Message message) {
    var node = root;
    for (var level : levels) {
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
    node.message = message; // [MQTT-3.3.1-5] replaces what was there
    return true;
  }

  private void remove(Node node, List<String> levels, int depth) {
    if (depth == levels.size()) {
      count -= node.message == null ? 0 : 1;
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
