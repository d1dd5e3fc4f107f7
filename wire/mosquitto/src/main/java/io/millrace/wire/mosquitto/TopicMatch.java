package io.millrace.wire.mosquitto;

/// Topic names against filters with `+` and `#`, for rules that are asked now and then.
public final class TopicMatch {
  private TopicMatch() {}

  /// Whether `filter` covers `topic`, as section 4.7 of MQTT has it.
  public static boolean matches(String filter, String topic) {
    boolean hidden = topic.startsWith("$") && !filter.startsWith("$");
    if (hidden) {
      return false; // [MQTT-4.7.2-1]
    }
    int f = 0;
    int t = 0;
    while (f < filter.length()) {
      char c = filter.charAt(f);
      if (c == '#') {
        return true;
      } else if (c == '+') {
        int end = topic.indexOf('/', t);
        t = end < 0 ? topic.length() : end;
        f++;
      } else if (t < topic.length() && topic.charAt(t) == c) {
        f++;
        t++;
      } else {
        return t == topic.length() && filter.substring(f).equals("/#");
      }
    }
    return t == topic.length();
  }

  /// Whether every topic that `filter` covers is covered by `wider`.
  static boolean covers(String wider, String filter) {
    var wide = wider.split("/", -1);
    var narrow = filter.split("/", -1);
    for (int i = 0; i < wide.length; i++) {
      if (wide[i].equals("#")) {
        return !(i == 0 && filter.startsWith("$"));
      }
      if (i >= narrow.length || narrow[i].equals("#")) {
        return false;
      }
      boolean same = wide[i].equals(narrow[i]);
      boolean any = wide[i].equals("+") && !(i == 0 && filter.startsWith("$"));
      if (!same && !any) {
        return false;
      }
    }
    return wide.length == narrow.length;
  }

  /// What is wrong with a filter; empty when nothing is.
  static String fault(String filter) {
    if (filter.isEmpty()) {
      return "an empty topic";
    }
    var levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].contains("#") && !(levels[i].equals("#") && i == levels.length - 1)) {
        return "'#' must be the last level, alone";
      }
      if (levels[i].contains("+") && !levels[i].equals("+")) {
        return "'+' must be a level of its own";
      }
    }
    return "";
  }
}
