package io.millrace.wire.mosquitto;

import java.util.Optional;

/// What a bridge carries: `topic PATTERN [out|in|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]`.
///
/// @param pattern below both prefixes; may be empty when both prefixes are given
public record BridgeTopic(
    String pattern, boolean in, boolean out, int qos, String localPrefix, String remotePrefix) {

  static BridgeTopic parse(String value) {
    var words = value.strip().split("\\s+");
    if (words.length > 5 || words[0].isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is not PATTERN [out|in|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]"
              .formatted(value));
    }
    var direction = words.length > 1 ? words[1] : "out";
    if (!direction.matches("in|out|both")) {
      throw new IllegalArgumentException(
          "'%s' is no direction; write in, out or both".formatted(direction));
    }
    var qos = words.length > 2 ? words[2] : "0";
    if (!qos.matches("[012]")) {
      throw new IllegalArgumentException("'%s' is no QoS; write 0, 1 or 2".formatted(qos));
    }
    var topic =
        new BridgeTopic(
            empty(words[0]),
            !direction.equals("out"),
            !direction.equals("in"),
            Integer.parseInt(qos),
            words.length > 3 ? empty(words[3]) : "",
            words.length > 4 ? empty(words[4]) : "");
    topic.check();
    return topic;
  }

  private void check() {
    if (pattern.isEmpty() && (localPrefix.isEmpty() || remotePrefix.isEmpty())) {
      throw new IllegalArgumentException("an empty pattern needs both prefixes");
    }
    for (var prefix : new String[] {localPrefix, remotePrefix}) {
      if (prefix.contains("#") || prefix.contains("+")) {
        throw new IllegalArgumentException("the prefix '%s' has wildcards".formatted(prefix));
      }
    }
    var fault = TopicMatch.fault(localFilter());
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("'%s': %s".formatted(localFilter(), fault));
    }
  }

  String localFilter() {
    return localPrefix + pattern;
  }

  String remoteFilter() {
    return remotePrefix + pattern;
  }

  /// The topic at the other broker of a message with this topic here, when it is carried out.
  Optional<String> toRemote(String topic) {
    return out && TopicMatch.matches(localFilter(), topic)
        ? Optional.of(remotePrefix + topic.substring(localPrefix.length()))
        : Optional.empty();
  }

  /// The topic here of a message with this topic there, when it is carried in.
  Optional<String> toLocal(String topic) {
    return in && TopicMatch.matches(remoteFilter(), topic)
        ? Optional.of(localPrefix + topic.substring(remotePrefix.length()))
        : Optional.empty();
  }

  private static String empty(String word) {
    return word.equals("\"\"") ? "" : word;
  }
}
