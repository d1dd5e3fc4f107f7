package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.List;

/// A topic filter, checked and split: `a/+/#`, or `$share/group/a/+` with the group taken off.
///
/// @param text as the client wrote it
/// @param group the share name, empty when not shared
record TopicFilter(String text, String group, List<String> levels) {
  private static final String SHARE = "$share/";

  /// Checks a filter.
  ///
  /// @throws TopicFilterException when it is not one
  static TopicFilter parse(String text, int maxLevels) {
    if (!text.startsWith(SHARE)) {
      return new TopicFilter(text, "", split(text, text, maxLevels));
    }
    int end = text.indexOf('/', SHARE.length());
    var group = end < 0 ? text.substring(SHARE.length()) : text.substring(SHARE.length(), end);
    if (group.indexOf('#') >= 0) {
      throw new TopicFilterException(text, "'#' in the share name", true);
    }
    if (group.isEmpty() || group.indexOf('+') >= 0 || end < 0 || end == text.length() - 1) {
      // [MQTT-4.8.2-1] [MQTT-4.8.2-2]
      throw new TopicFilterException(text, "a share is $share/name/filter", false);
    }
    return new TopicFilter(text, group, split(text.substring(end + 1), text, maxLevels));
  }

  boolean isShared() {
    return !group.isEmpty();
  }

  /// Splits a topic name or filter at its slashes.
  static List<String> levels(String text) {
    var levels = new ArrayList<String>(8);
    int from = 0;
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', from)) {
      levels.add(text.substring(from, slash));
      from = slash + 1;
    }
    levels.add(text.substring(from));
    return levels;
  }

  private static List<String> split(String filter, String text, int maxLevels) {
    var levels = levels(filter);
    if (levels.size() > maxLevels) {
      throw new TopicFilterException(text, "more than " + maxLevels + " levels", true);
    }
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.indexOf('#') >= 0 && (level.length() > 1 || i < levels.size() - 1)) {
        // [MQTT-4.7.1-1] '#' stands alone and last
        throw new TopicFilterException(text, "'#' is not the last level", true);
      }
      if (level.indexOf('+') >= 0 && level.length() > 1) {
        throw new TopicFilterException(text, "'+' is not a whole level", true); // [MQTT-4.7.1-2]
      }
    }
    return levels;
  }
}
