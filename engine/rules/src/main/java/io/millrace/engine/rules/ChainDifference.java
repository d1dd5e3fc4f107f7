package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one version of a chain's metadata has otherwise than another: nodes, settings, connections.
///
/// Nodes are the same when they have the same id; nodes without one, when they have the same name
/// and type. Where a node stands on the canvas is counted apart from what it does.
///
/// @param moved nodes that only stand elsewhere
public record ChainDifference(
    List<Node> added,
    List<Node> removed,
    List<Changed> changed,
    int moved,
    List<Connection> connected,
    List<Connection> disconnected,
    List<Setting> chain) {
  public ChainDifference {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    connected = List.copyOf(connected);
    disconnected = List.copyOf(disconnected);
    chain = List.copyOf(chain);
  }

  /// A node that only one of them has.
  public record Node(String name, String type) {}

  /// A node that both have.
  public record Changed(String name, String type, List<Setting> settings) {}

  /// A member that differs.
  ///
  /// @param path members joined by dots, as in `configuration.alarmType`
  /// @param before null where there was none
  /// @param after null where there is none
  public record Setting(String path, JsonValue before, JsonValue after) {}

  /// One connection, by the names of its ends; `to` may be the id of another chain.
  public record Connection(String from, String label, String to) {}

  /// Whether both do the same.
  public boolean isEmpty() {
    return added.isEmpty()
        && removed.isEmpty()
        && changed.isEmpty()
        && connected.isEmpty()
        && disconnected.isEmpty()
        && chain.isEmpty();
  }

  public static ChainDifference of(JsonObject before, JsonObject after) {
    var old = nodes(before);
    var now = nodes(after);
    var changed = new ArrayList<Changed>();
    int moved = 0;
    for (var each : now.entrySet()) {
      var was = old.get(each.getKey());
      if (was != null) {
        var settings = new ArrayList<Setting>();
        compare("", was, each.getValue(), settings);
        boolean isMoved = settings.removeIf(setting -> isPlace(setting.path()));
        if (!settings.isEmpty()) {
          changed.add(new Changed(name(each.getValue()), type(each.getValue()), settings));
        } else if (isMoved) {
          moved++;
        }
      }
    }
    var oldLinks = links(before);
    var newLinks = links(after);
    return new ChainDifference(
        only(now, old),
        only(old, now),
        changed,
        moved,
        newLinks.stream().filter(link -> !oldLinks.contains(link)).toList(),
        oldLinks.stream().filter(link -> !newLinks.contains(link)).toList(),
        first(before, after));
  }

  private static List<Node> only(Map<String, JsonObject> some, Map<String, JsonObject> others) {
    return some.entrySet().stream()
        .filter(each -> !others.containsKey(each.getKey()))
        .map(each -> new Node(name(each.getValue()), type(each.getValue())))
        .toList();
  }

  private static Map<String, JsonObject> nodes(JsonObject metadata) {
    var found = new LinkedHashMap<String, JsonObject>();
    for (var node : objects(metadata, "nodes")) {
      var key =
          node.get("id") instanceof JsonObject id
              ? id.text("id", "")
              : name(node) + "\n" + type(node);
      found.put(found.containsKey(key) ? key + "\n" + found.size() : key, node);
    }
    return found;
  }

  private static LinkedHashSet<Connection> links(JsonObject metadata) {
    var names = objects(metadata, "nodes").stream().map(ChainDifference::name).toList();
    var found = new LinkedHashSet<Connection>();
    for (var link : objects(metadata, "connections")) {
      found.add(
          new Connection(
              named(names, link.get("fromIndex")),
              link.text("type", ""),
              named(names, link.get("toIndex"))));
    }
    for (var link : objects(metadata, "ruleChainConnections")) {
      var target = link.get("targetRuleChainId") instanceof JsonObject id ? id.text("id", "") : "";
      found.add(new Connection(named(names, link.get("fromIndex")), link.text("type", ""), target));
    }
    return found;
  }

  private static List<Setting> first(JsonObject before, JsonObject after) {
    var was = first(before);
    var is = first(after);
    return was.equals(is)
        ? List.of()
        : List.of(new Setting("firstNode", new JsonString(was), new JsonString(is)));
  }

  private static String first(JsonObject metadata) {
    return named(
        objects(metadata, "nodes").stream().map(ChainDifference::name).toList(),
        metadata.get("firstNodeIndex"));
  }

  private static String named(List<String> names, @Nullable JsonValue index) {
    return index instanceof JsonLong(long i) && i >= 0 && i < names.size()
        ? names.get((int) i)
        : "";
  }

  /// Adds every member that differs, objects member by member and anything else as a whole.
  private static void compare(
      String path, JsonObject before, JsonObject after, List<Setting> differences) {
    var names = new TreeSet<String>();
    before.forEach((name, _) -> names.add(name));
    after.forEach((name, _) -> names.add(name));
    for (var name : names) {
      var was = orNull(before.get(name));
      var is = orNull(after.get(name));
      var at = path.isEmpty() ? name : path + "." + name;
      if (was instanceof JsonObject one && is instanceof JsonObject other) {
        compare(at, one, other, differences);
      } else if (!was.equals(is)) {
        differences.add(new Setting(at, was, is));
      }
    }
  }

  private static JsonValue orNull(@Nullable JsonValue value) {
    return value == null ? JsonNull.NULL : value;
  }

  private static boolean isPlace(String path) {
    return path.startsWith("additionalInfo.layout");
  }

  private static List<JsonObject> objects(JsonObject metadata, String name) {
    return metadata.get(name) instanceof JsonArray list
        ? list.values().stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  private static String name(JsonObject node) {
    return node.text("name", "");
  }

  private static String type(JsonObject node) {
    return node.text("type", "");
  }

  /// As REST shows it.
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("equal", isEmpty())
        .put("nodesAdded", array(added, ChainDifference::json))
        .put("nodesRemoved", array(removed, ChainDifference::json))
        .put("nodesChanged", array(changed, ChainDifference::json))
        .put("nodesMoved", moved)
        .put("connectionsAdded", array(connected, ChainDifference::json))
        .put("connectionsRemoved", array(disconnected, ChainDifference::json))
        .put("chain", array(chain, ChainDifference::json))
        .build();
  }

  private static JsonObject json(Node node) {
    return JsonObject.builder().put("name", node.name()).put("type", node.type()).build();
  }

  private static JsonObject json(Changed node) {
    return JsonObject.builder()
        .put("name", node.name())
        .put("type", node.type())
        .put("changes", array(node.settings(), ChainDifference::json))
        .build();
  }

  private static JsonObject json(Setting setting) {
    return JsonObject.builder()
        .put("path", setting.path())
        .put("before", setting.before())
        .put("after", setting.after())
        .build();
  }

  private static JsonObject json(Connection connection) {
    return JsonObject.builder()
        .put("from", connection.from())
        .put("type", connection.label())
        .put("to", connection.to())
        .build();
  }

  private static <T> JsonArray array(List<T> rows, Function<? super T, ? extends JsonValue> shape) {
    return new JsonArray(rows.stream().<JsonValue>map(shape).toList());
  }
}
