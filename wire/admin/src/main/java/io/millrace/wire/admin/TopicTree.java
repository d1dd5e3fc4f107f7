package io.millrace.wire.admin;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.mqtt.BrokerView.RetainedInfo;
import io.millrace.wire.mqtt.BrokerView.TopicInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeMap;

/// One level of the topic tree: the topics right below a prefix, with sums of all below them. Or,
/// for a search, the topics found, each by itself.
final class TopicTree {
  private static final int PREVIEW_BYTES = 256;

  private final String prefix;
  private final boolean isFlat;
  private final TreeMap<String, Node> nodes = new TreeMap<>();

  /// @param prefix a topic whose children are wanted; empty is the root
  TopicTree(String prefix, boolean isFlat) {
    this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    this.isFlat = isFlat;
  }

  private static final class Node {
    private long topics;
    private boolean hasChildren;
    private boolean isRetained;
    private long messages;
    private long bytes;
    private double messagesPerSecond;
    private double bytesPerSecond;
    private long lastAtMs;
    private byte[] last = {};
    private boolean isTopic;
  }

  /// Which retained messages belong here.
  String filter() {
    return prefix.isEmpty() || isFlat ? "#" : prefix + "#";
  }

  void add(TopicInfo topic) {
    if (!topic.topic().startsWith(prefix)) {
      return;
    }
    var name = name(topic.topic());
    var node = nodes.computeIfAbsent(name, _ -> new Node());
    node.topics++;
    node.messages += topic.messages();
    node.bytes += topic.bytes();
    node.messagesPerSecond += topic.messagesPerSecond();
    node.bytesPerSecond += topic.bytesPerSecond();
    node.lastAtMs = Math.max(node.lastAtMs, topic.lastAtMs());
    own(node, name, topic.topic(), topic.last());
  }

  void addRetained(RetainedInfo retained) {
    if (!retained.topic().startsWith(prefix)) {
      return;
    }
    var name = name(retained.topic());
    var node = nodes.computeIfAbsent(name, _ -> new Node());
    boolean isHere = isFlat || retained.topic().length() == prefix.length() + name.length();
    node.isRetained |= isHere;
    if (!isHere || !node.isTopic) {
      node.topics += isHere ? 1 : 0;
      var payload = retained.payload();
      var start = payload.length > PREVIEW_BYTES ? Arrays.copyOf(payload, PREVIEW_BYTES) : payload;
      own(node, name, retained.topic(), start);
    }
  }

  private void own(Node node, String name, String topic, byte[] last) {
    if (isFlat || topic.length() == prefix.length() + name.length()) {
      node.isTopic = true;
      node.last = last;
    } else {
      node.hasChildren = true;
    }
  }

  private String name(String topic) {
    int slash = topic.indexOf('/', prefix.length());
    return isFlat || slash < 0
        ? topic.substring(prefix.length())
        : topic.substring(prefix.length(), slash);
  }

  JsonObject json(int from, int limit) {
    var rows = new ArrayList<JsonValue>();
    nodes.entrySet().stream()
        .skip(from)
        .limit(limit)
        .forEach(entry -> rows.add(json(entry.getKey(), entry.getValue())));
    return JsonObject.builder()
        .put("prefix", prefix)
        .put("data", new JsonArray(rows))
        .put("totalElements", nodes.size())
        .put("hasNext", from + (long) rows.size() < nodes.size())
        .build();
  }

  private JsonObject json(String name, Node node) {
    var shape =
        JsonObject.builder()
            .put("name", name)
            .put("topic", prefix + name)
            .put("isTopic", node.isTopic)
            .put("hasChildren", node.hasChildren)
            .put("retained", node.isRetained)
            .put("topics", node.topics)
            .put("messages", node.messages)
            .put("bytes", node.bytes)
            .put("messagesPerSecond", Shapes.rate(node.messagesPerSecond))
            .put("bytesPerSecond", Shapes.rate(node.bytesPerSecond))
            .put("lastAt", node.lastAtMs);
    return (node.isTopic ? Shapes.payload(shape, node.last) : shape).build();
  }
}
