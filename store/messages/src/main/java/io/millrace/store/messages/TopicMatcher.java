package io.millrace.store.messages;

import java.util.List;
import java.util.function.Predicate;

/// Whether a topic matches an MQTT topic filter: `+` is one level, `#` the rest. Any thread.
public final class TopicMatcher implements Predicate<String> {
  private final String filter;
  private final boolean isAll;

  private TopicMatcher(String filter) {
    this.filter = filter;
    this.isAll = filter.equals("#");
  }

  /// Checks a filter.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static TopicMatcher of(String filter) {
    var levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      boolean lone = levels[i].length() == 1;
      if (levels[i].contains("#") && !(lone && i == levels.length - 1)) {
        throw new IllegalArgumentException(
            "'%s' is not a topic filter: '#' stands alone and last".formatted(filter));
      }
      if (levels[i].contains("+") && !lone) {
        throw new IllegalArgumentException(
            "'%s' is not a topic filter: '+' stands for a whole level".formatted(filter));
      }
    }
    if (filter.isEmpty()) {
      throw new IllegalArgumentException("A topic filter has at least one character");
    }
    return new TopicMatcher(filter);
  }

  /// Whether one of several filters matches.
  public static Predicate<String> any(List<String> filters) {
    var all = filters.stream().map(TopicMatcher::of).toList();
    return all.size() == 1 ? all.getFirst() : topic -> isAny(all, topic);
  }

  private static boolean isAny(List<TopicMatcher> all, String topic) {
    for (int i = 0; i < all.size(); i++) { // hot path: per published message
      if (all.get(i).test(topic)) {
        return true;
      }
    }
    return false;
  }

  /// The filter as it was given.
  public String filter() {
    return filter;
  }

  @Override
  public boolean test(String topic) {
    if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
      return false; // [MQTT-4.7.2-1]
    }
    return isAll || matches(topic);
  }

  private boolean matches(String topic) {
    int f = 0;
    int t = 0;
    while (f < filter.length()) {
      if (filter.charAt(f) == '#') {
        return true;
      }
      int filterEnd = end(filter, f);
      int topicEnd = end(topic, t);
      boolean isPlus = filter.charAt(f) == '+' && filterEnd == f + 1;
      boolean same =
          isPlus
              || (filterEnd - f == topicEnd - t && filter.regionMatches(f, topic, t, topicEnd - t));
      if (!same) {
        return false;
      }
      if (topicEnd == topic.length()) {
        return filterEnd == filter.length() || filter.startsWith("/#", filterEnd);
      }
      if (filterEnd == filter.length()) {
        return false;
      }
      f = filterEnd + 1;
      t = topicEnd + 1;
    }
    return t == topic.length(); // both end with an empty level
  }

  private static int end(String text, int from) {
    int slash = text.indexOf('/', from);
    return slash < 0 ? text.length() : slash;
  }
}
