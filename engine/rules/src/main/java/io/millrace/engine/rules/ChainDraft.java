package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.ChainProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A chain's metadata JSON, read leniently: what can be taken, and a problem for each thing that
/// cannot.
///
/// @param firstIndex index of the first node, -1 for none
record ChainDraft(
    List<NodeDraft> nodes, List<Link> links, int firstIndex, List<ChainProblem> problems) {

  /// @param type ThingsBoard's class name or our own name
  /// @param queue the queue that the node names; empty for none
  record NodeDraft(
      String id, String type, String name, int version, JsonObject configuration, String queue) {}

  /// A connection between nodes, or, in exports of old versions, to another chain.
  sealed interface Link {
    int from();

    String label();

    record ToNode(int from, String label, int to) implements Link {}

    record ToChain(int from, String label, UUID chainId) implements Link {}
  }

  static ChainDraft read(JsonObject metadata, int nodesMax) {
    var problems = new ArrayList<ChainProblem>();
    var nodes = nodes(metadata, nodesMax, problems);
    var links = new ArrayList<Link>();
    readConnections(metadata, nodes, links, problems);
    readChainConnections(metadata, nodes, links, problems);
    int first = first(metadata, nodes, problems);
    return new ChainDraft(nodes, links, first, problems);
  }

  private static List<NodeDraft> nodes(
      JsonObject metadata, int nodesMax, List<ChainProblem> problems) {
    var nodes = new ArrayList<NodeDraft>();
    var list = list(metadata, "nodes", problems);
    if (list.size() > nodesMax) {
      problems.add(
          chain(
              "The chain has %d nodes, more than rules.nodesPerChainMax=%d. Split it with rule chain nodes, or raise the setting."
                  .formatted(list.size(), nodesMax)));
      return nodes;
    }
    for (int i = 0; i < list.size(); i++) {
      nodes.add(node(i, list.get(i), problems));
    }
    return nodes;
  }

  private static NodeDraft node(int index, JsonValue value, List<ChainProblem> problems) {
    var json = value instanceof JsonObject object ? object : JsonObject.EMPTY;
    var type = json.text("type", "");
    var name = json.text("name", "#" + index);
    if (type.isEmpty()) {
      problems.add(
          new ChainProblem(
              Kind.ERROR, index, name, "It has no type. Give it the class name of a node type."));
    }
    return new NodeDraft(
        json.get("id") instanceof JsonObject id ? id.text("id", "") : "",
        type,
        name,
        json.get("configurationVersion") instanceof JsonLong(long version) ? (int) version : 0,
        json.get("configuration") instanceof JsonObject object ? object : JsonObject.EMPTY,
        json.text("queueName", ""));
  }

  private static void readConnections(
      JsonObject metadata, List<NodeDraft> nodes, List<Link> links, List<ChainProblem> problems) {
    var list = list(metadata, "connections", problems);
    for (int i = 0; i < list.size(); i++) {
      var json = list.get(i) instanceof JsonObject object ? object : JsonObject.EMPTY;
      var label = json.text("type", "");
      int from = index(json, "fromIndex");
      int to = index(json, "toIndex");
      boolean isSound = isNode(i, label, "starts at", from, nodes, problems);
      isSound &= isNode(i, label, "leads to", to, nodes, problems);
      if (label.isEmpty()) {
        problems.add(
            chain(
                "Connection %d has no type. Name the label it is taken by, as in Success."
                    .formatted(i)));
      } else if (isSound) {
        links.add(new Link.ToNode(from, label, to));
      }
    }
  }

  private static void readChainConnections(
      JsonObject metadata, List<NodeDraft> nodes, List<Link> links, List<ChainProblem> problems) {
    var list = list(metadata, "ruleChainConnections", problems);
    for (int i = 0; i < list.size(); i++) {
      var json = list.get(i) instanceof JsonObject object ? object : JsonObject.EMPTY;
      var label = json.text("type", "");
      int from = index(json, "fromIndex");
      var target = chainId(json.get("targetRuleChainId"));
      boolean isSound = isNode(i, label, "starts at", from, nodes, problems);
      if (target == null) {
        problems.add(
            chain(
                "Rule chain connection %d names no rule chain. Give its targetRuleChainId."
                    .formatted(i)));
      } else if (isSound) {
        links.add(new Link.ToChain(from, label, target));
      }
    }
  }

  private static @Nullable UUID chainId(@Nullable JsonValue target) {
    var text =
        switch (target) {
          case JsonObject id -> id.text("id", "");
          case JsonString(var id) -> id;
          case null, default -> "";
        };
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int first(
      JsonObject metadata, List<NodeDraft> nodes, List<ChainProblem> problems) {
    var value = metadata.get("firstNodeIndex");
    if (value == null || value == JsonNull.NULL) {
      return -1;
    }
    int first = index(metadata, "firstNodeIndex");
    if (first < 0 || first >= nodes.size()) {
      problems.add(
          chain(
              "firstNodeIndex is %s, but %s. Set it to the index of the node where messages start."
                  .formatted(value, range(nodes))));
      return -1;
    }
    return first;
  }

  private static boolean isNode(
      int connection,
      String label,
      String verb,
      int index,
      List<NodeDraft> nodes,
      List<ChainProblem> problems) {
    if (index >= 0 && index < nodes.size()) {
      return true;
    }
    problems.add(
        chain(
            "Connection %d (\"%s\") %s node %s, but %s. Remove the connection or correct its index."
                .formatted(
                    connection, label, verb, index < 0 ? "(no index)" : index, range(nodes))));
    return false;
  }

  private static String range(List<NodeDraft> nodes) {
    return nodes.isEmpty()
        ? "the chain has no nodes"
        : "the chain's nodes are 0 to " + (nodes.size() - 1);
  }

  private static int index(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(long value) && value >= 0 && value < 1 << 24
        ? (int) value
        : -1;
  }

  private static List<JsonValue> list(
      JsonObject metadata, String name, List<ChainProblem> problems) {
    return switch (metadata.get(name)) {
      case JsonArray array -> array.values();
      case JsonNull absent -> List.of();
      case null -> List.of();
      default -> {
        problems.add(chain("\"%s\" must be a list.".formatted(name)));
        yield List.of();
      }
    };
  }

  private static ChainProblem chain(String message) {
    return new ChainProblem(Kind.ERROR, -1, "", message);
  }
}
