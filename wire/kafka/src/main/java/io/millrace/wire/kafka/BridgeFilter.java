package io.millrace.wire.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An MQTT topic filter that says what its wildcards stood for.
final class BridgeFilter {
  private final List<String> levels;

  private BridgeFilter(List<String> levels) {
    this.levels = levels;
  }

  /// Reads a filter.
  ///
  /// @throws IllegalArgumentException when it is none
  static BridgeFilter of(String filter) {
    var levels = List.of(filter.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      boolean isWild = level.contains("#") || level.contains("+");
      boolean isSound =
          level.equals("+") || (level.equals("#") && i == levels.size() - 1) || !isWild;
      if (!isSound || filter.isEmpty()) { // [MQTT-4.7.1-1], [MQTT-4.7.1-2]
        throw new IllegalArgumentException(
            "\"%s\" is not an MQTT topic filter: + stands for a whole level, # for the last ones."
                .formatted(filter));
      }
    }
    return new BridgeFilter(levels);
  }

  /// What the wildcards stand for in this topic; empty when it does not match.
  Optional<List<String>> match(String topic) {
    var parts = topic.split("/", -1);
    var found = new ArrayList<String>();
    if (topic.startsWith("$") && !levels.getFirst().startsWith("$")) {
      return Optional.empty(); // [MQTT-4.7.2-1]
    }
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.equals("#")) {
        found.add(
            i < parts.length ? String.join("/", List.of(parts).subList(i, parts.length)) : "");
        return Optional.of(found);
      }
      if (i >= parts.length || (!level.equals("+") && !level.equals(parts[i]))) {
        return Optional.empty();
      }
      if (level.equals("+")) {
        found.add(parts[i]);
      }
    }
    return parts.length == levels.size() ? Optional.of(found) : Optional.empty();
  }
}
