package io.millrace.wire.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A topic filter with names: `plant/{hall}/{device}/#`. `{name}` is one level that is kept under
/// that name, `+` one that is not, `#` the rest. Immutable.
final class TopicPattern {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");
  private static final int LEVELS_MAX = 64;

  private final String text;
  private final List<String> levels;

  private TopicPattern(String text, List<String> levels) {
    this.text = text;
    this.levels = levels;
  }

  /// Checks a pattern.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static TopicPattern of(String text) {
    var levels = List.of(text.split("/", -1));
    if (text.isEmpty() || levels.size() > LEVELS_MAX) {
      throw wrong(text, "it must have 1 to " + LEVELS_MAX + " levels");
    }
    if (text.startsWith("$")) {
      throw wrong(text, "$ topics are the broker's own");
    }
    var names = new HashSet<String>();
    for (int i = 0; i < levels.size(); i++) {
      check(text, levels.get(i), i == levels.size() - 1, names);
    }
    return new TopicPattern(text, levels);
  }

  private static void check(String text, String level, boolean isLast, Set<String> names) {
    if (isCapture(level)) {
      var name = level.substring(1, level.length() - 1);
      if (!NAME.matcher(name).matches()) {
        throw wrong(text, level + " is no name: letters, digits and _, a letter first");
      }
      if (!names.add(name)) {
        throw wrong(text, level + " comes twice");
      }
    } else if (level.equals("#") ? !isLast : level.contains("#")) {
      throw wrong(text, "'#' stands alone and last");
    } else if (level.contains("+") && level.length() > 1) {
      throw wrong(text, "'+' stands for a whole level");
    } else if (level.contains("{") || level.contains("}")) {
      throw wrong(text, "'%s' mixes text and a name; {name} is a whole level".formatted(level));
    }
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("The topic pattern '%s': %s".formatted(text, why));
  }

  private static boolean isCapture(String level) {
    return level.length() > 2 && level.startsWith("{") && level.endsWith("}");
  }

  List<String> names() {
    var names = new ArrayList<String>();
    for (var level : levels) {
      if (isCapture(level)) {
        names.add(level.substring(1, level.length() - 1));
      }
    }
    return names;
  }

  /// The named levels of a topic that fits; empty when it does not.
  Optional<Map<String, String>> match(String topic) {
    var parts = topic.split("/", -1);
    var found = new LinkedHashMap<String, String>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.equals("#")) {
        return Optional.of(found); // '#' also matches the level above it
      }
      if (i >= parts.length) {
        return Optional.empty();
      }
      if (isCapture(level)) {
        if (parts[i].isEmpty()) {
          return Optional.empty();
        }
        found.put(level.substring(1, level.length() - 1), parts[i]);
      } else if (!level.equals("+") && !level.equals(parts[i])) {
        return Optional.empty();
      }
    }
    return parts.length == levels.size() ? Optional.of(found) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
