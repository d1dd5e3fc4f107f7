package io.millrace.wire.device;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The device topic filters of one connection, with their QoS. Any thread.
final class Filters {
  static final int NONE = -1;
  private final Map<String, Integer> qosByFilter = new ConcurrentHashMap<>();

  void add(String filter, int qos) {
    qosByFilter.put(filter, qos);
  }

  void remove(String filter) {
    qosByFilter.remove(filter);
  }

  /// The highest QoS of the filters that match, or [#NONE].
  int qos(String topic) {
    int best = NONE;
    for (var one : qosByFilter.entrySet()) {
      if (one.getValue() > best && matches(one.getKey(), topic)) {
        best = one.getValue();
      }
    }
    return best;
  }

  /// MQTT 4.7.1, for topics that do not begin with `$`.
  static boolean matches(String filter, String topic) {
    int f = 0;
    int t = 0;
    while (f < filter.length()) {
      char c = filter.charAt(f);
      if (c == '#') {
        return true;
      }
      if (c == '+') {
        int end = topic.indexOf('/', t);
        t = end < 0 ? topic.length() : end;
        f++;
      } else if (t < topic.length() && topic.charAt(t) == c) {
        t++;
        f++;
      } else {
        return t == topic.length() && filter.startsWith("/#", f); // [MQTT-4.7.1.2] the parent too
      }
    }
    return t == topic.length();
  }
}
